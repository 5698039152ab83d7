import { ERROR_STATUS, type ErrorCode, type ErrorReply } from '@tessera/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import pg from 'pg'
import { DomainError, type ErrorDetails } from '../errors.ts'
import { fieldProblems } from './validation.ts'

const INVALID = 'The request has fields that are wrong; details names each.'

/** What Fastify itself may find wrong with a request, by its status. */
const BY_STATUS: Record<number, ErrorCode> = {
  400: 'bad_request',
  404: 'not_found',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
}

/** PostgreSQL's data exceptions: text with a NUL, a number out of range. The request's fault, whatever field it was. */
const DATA_EXCEPTION = /^22/

/** The one table from an error to its answer. What is not the caller's fault is logged whole and told in general. */
function toErrorReply(error: unknown): { status: number; body: ErrorReply } {
  if (error instanceof DomainError) return reply(error.code, error.message, error.details)
  if (isFastifyError(error)) {
    if (error.validation) {
      const details = fieldProblems(error.validation)
      return reply('validation_failed', INVALID, details)
    }
    const code = BY_STATUS[error.statusCode ?? 500]
    if (code) return reply(code, error.message)
  }
  if (error instanceof pg.DatabaseError && DATA_EXCEPTION.test(error.code ?? '')) {
    return reply('validation_failed', INVALID, { '': ['holds a character or a number that cannot be stored'] })
  }
  return reply('internal_error', 'Something went wrong here and was logged; nothing was changed. Please try again.')
}

export function handleError(error: unknown, request: FastifyRequest, response: FastifyReply): void {
  const { status, body } = toErrorReply(error)
  if (status >= 500) request.log.error({ err: error }, 'request failed')
  void response.status(status).send(body)
}

function reply(code: ErrorCode, message: string, details: ErrorDetails = {}) {
  return { status: ERROR_STATUS[code], body: { error_code: code, message, details } }
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error
}
