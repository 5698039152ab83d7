import * as contract from '@tessera/contract'
import { type Server, serve } from '../platform/http/index.ts'
import { readActivity } from './activity.ts'
import { addActivity } from './add-activity.ts'
import { listActivities } from './list-activities.ts'

export function activityRoutes(server: Server): void {
  serve(server, contract.listActivities, ({ tx, actor, query }) => listActivities(tx, actor, query))

  serve(server, contract.createActivity, async ({ tx, actor, body }) => {
    const { id } = await addActivity(tx, actor, body)
    return await readActivity(tx, id)
  })
}
