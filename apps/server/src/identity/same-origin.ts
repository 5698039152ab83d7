import type { FastifyRequest } from 'fastify'
import { DomainError } from '../platform/errors.ts'

/**
 * Refuses a request that carries a cookie and may have been sent by another site's page. Browsers name the page in
 * `Origin`, or leave it out for privacy and say in `Sec-Fetch-Site` (Fetch Metadata) that it is ours.
 */
export function requireSameOrigin({ headers, host }: FastifyRequest, appUrl: string | undefined): void {
  const { origin } = headers
  const named = origin !== undefined && origin !== 'null'
  const ours = named ? isOurs(origin, host, appUrl) : headers['sec-fetch-site'] === 'same-origin'
  if (!ours) {
    throw new DomainError('forbidden', 'A session can only be used from Tessera’s own pages; programs send a token.')
  }
}

function isOurs(origin: string, host: string, appUrl: string | undefined): boolean {
  if (appUrl !== undefined) return origin === appUrl
  const url = URL.parse(origin)
  return url !== null && url.host === URL.parse(`${url.protocol}//${host}`)?.host
}
