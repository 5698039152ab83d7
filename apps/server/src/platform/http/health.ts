import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from '../db/index.ts'

/** `/healthz`: the process answers. `/readyz`: so does its database. `/metrics`: figures for Prometheus. */
export function healthRoutes(http: FastifyInstance, database: Db): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'tessera_http_request_seconds',
    help: 'Time from request to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const waiting = () => database.app.waitingCount
  new Gauge({
    name: 'tessera_database_waiting_requests',
    help: 'Requests that wait for a database connection',
    registers: [registry],
    collect() {
      this.set(waiting())
    },
  })

  http.addHook('onResponse', async ({ method, routeOptions }, response) => {
    const labels = { method, route: routeOptions.url ?? 'none', status: response.statusCode }
    requests.observe(labels, response.elapsedTime / 1000)
  })

  http.get('/healthz', { logLevel: 'warn' }, async () => ({ status: 'ok' }))

  http.get('/readyz', { logLevel: 'warn' }, async (request, response) => {
    try {
      await database.app.query('select 1')
      return { status: 'ready' }
    } catch (error) {
      request.log.warn({ err: error }, 'not ready: the database does not answer')
      return response.status(503).send({ status: 'not_ready', reason: 'The database does not answer.' })
    }
  })

  http.get('/metrics', { logLevel: 'warn' }, async (_request, response) => {
    return response.type(registry.contentType).send(await registry.metrics())
  })
}
