import { Ajv, type AnySchema, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import type { ErrorDetails } from '../errors.ts'

// All errors at once, so that a form can show each; the body limit bounds how many there can be.
const options = { allErrors: true, useDefaults: true, strict: false } as const

/** JSON says what a value is: nothing is coerced. */
const strict = new Ajv({ ...options, coerceTypes: false })
/** An address says everything in text: numbers, booleans and lists of one are read from it. */
const lenient = new Ajv({ ...options, coerceTypes: 'array' })
for (const ajv of [strict, lenient]) addFormats.default(ajv)

/** Compiles every schema once, at start. */
export const compileValidator: FastifySchemaCompiler<AnySchema> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? strict : lenient).compile(schema)

/** One sentence for each wrong field, by its dotted path. */
export function fieldProblems(errors: readonly FastifySchemaValidationError[]): ErrorDetails {
  const details: ErrorDetails = {}
  for (const error of errors) {
    const [field, problem] = describe(error as ErrorObject)
    if (!problem) continue
    const known = details[field] ?? []
    if (!known.includes(problem)) details[field] = [...known, problem]
  }
  return details
}

function describe({ keyword, instancePath, params, message }: ErrorObject): [field: string, problem: string] {
  const path = instancePath.slice(1).replaceAll('/', '.')
  const inside = (name: string) => (path ? `${path}.${name}` : name)
  switch (keyword) {
    case 'required':
      return [inside(params.missingProperty), 'is required']
    case 'additionalProperties':
      return [inside(params.additionalProperty), 'is not a field of this request']
    case 'enum':
      return [path, `must be one of: ${params.allowedValues.join(', ')}`]
    case 'pattern':
      return [path, params.pattern === '\\S' ? 'must not be blank' : `must match ${params.pattern}`]
    case 'anyOf':
    case 'const':
      return [path, 'has a value that is not allowed']
    default:
      return [path, message ?? 'is not valid']
  }
}
