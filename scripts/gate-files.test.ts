import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkFiles } from './gate-files.mjs'

let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tessera-files-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function complaintsAbout(file: string, lines = 1): Promise<string[]> {
  await mkdir(dirname(join(dir, file)), { recursive: true })
  await writeFile(join(dir, file), 'x\n'.repeat(lines))
  const { complaints, remarks } = await checkFiles(dir)
  await rm(join(dir, file))
  return [...complaints, ...remarks]
}

describe('the rules for files', () => {
  it.each([
    'apps/utils/a.ts',
    'apps/web/src/date-utils.ts',
    'apps/helper.test.ts',
    'docs/common/a.md',
    'apps/ticket-manager.ts',
    'apps/Utils/a.ts',
  ])('refuse the name %s', async (file) => {
    expect(await complaintsAbout(file)).toEqual([expect.stringContaining(file)])
  })

  it.each(['apps/commonmark.ts', 'apps/server/node_modules/utils/a.ts', 'apps/web/dist/common.js', 'README.md'])(
    'accept the name %s',
    async (file) => {
      expect(await complaintsAbout(file)).toEqual([])
    },
  )

  it('refuse more than 400 lines, and remark on more than 250', async () => {
    expect(await complaintsAbout('a.ts', 401)).toEqual(['a.ts: 401 lines, at most 400 are allowed'])
    expect(await complaintsAbout('a.tsx', 400)).toEqual(['a.tsx: 400 lines, is there a second thing in it?'])
    expect(await complaintsAbout('a.mjs', 250)).toEqual([])
    expect(await complaintsAbout('a.json', 4000)).toEqual([])
  })
})
