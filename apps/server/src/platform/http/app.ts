import { randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { handleError } from './errors.ts'
import { compileValidator } from './validation.ts'

const BODY_LIMIT_BYTES = 1024 * 1024

/** The bare HTTP server: request ids, strict validation, security headers, errors in the documented form. */
export async function createHttp(log: FastifyBaseLogger): Promise<FastifyInstance> {
  const http = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  })
  http.setValidatorCompiler(compileValidator)
  http.setErrorHandler(handleError)
  await http.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'connect-src': ["'self'", 'ws:', 'wss:'],
        'frame-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'object-src': ["'none'"],
      },
    },
    // The installation may well be reached by plain HTTP in a local network; who terminates TLS sets HSTS.
    strictTransportSecurity: false,
  })
  http.addHook('onRequest', async (request, response) => {
    response.header('x-request-id', request.id)
  })
  http.addHook('onResponse', async (request, response) => {
    const { method, url } = request
    request.log.info({ method, url, status: response.statusCode, ms: Math.round(response.elapsedTime) }, 'request')
  })
  return http
}
