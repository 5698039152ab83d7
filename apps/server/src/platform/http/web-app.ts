import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { notFound } from '../errors.ts'
import { handleError } from './errors.ts'

const YEAR_S = 365 * 24 * 60 * 60

/**
 * Serves the built web app: files with a hash in their name for ever, everything else that is no API by `index.html`,
 * since the app's own router knows its addresses.
 */
export async function serveWebApp(http: FastifyInstance, dist: string): Promise<void> {
  const built = existsSync(join(dist, 'index.html'))
  if (built) {
    await http.register(fastifyStatic, {
      root: dist,
      wildcard: false,
      cacheControl: false,
      setHeaders(response, path) {
        const lasting = path.startsWith(join(dist, 'assets'))
        response.header('cache-control', lasting ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
      },
    })
  }
  http.setNotFoundHandler((request, response) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/')
    if (built && isPage) return response.sendFile('index.html')
    return handleError(notFound('address'), request, response)
  })
}
