import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MigrationError } from './errors.ts'

export interface Part {
  sql: string
  /** The line of the file, from 1, on which `sql` begins. */
  line: number
}

/** One step of the schema, read from `0001_what_it_does.sql`. */
export interface Migration {
  number: number
  /** With its number, without `.sql`. */
  name: string
  /** Of the part that changes the database; comments on the way back may be improved later. */
  checksum: string
  up: Part
  /** The way back, or the sentence that says why there is none. */
  down: Part | { irreversible: string }
}

const UP = '-- migrate:up'
const DOWN = '-- migrate:down'
const IRREVERSIBLE = /^-- irreversible: *(\S.*)$/

/**
 * Reads the migrations of a directory, in order. Each file has two parts, one below the line `-- migrate:up` and one below
 * `-- migrate:down`; where there is no way back, the latter consists of `-- irreversible: ` and the reason.
 * @throws {MigrationError} where a file is misnamed, incomplete, doubled or missing in the row of numbers.
 */
export async function readMigrations(dir: string): Promise<Migration[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.sql')).sort()
  const migrations = await Promise.all(files.map(async (file) => parse(file, await readFile(join(dir, file), 'utf8'))))
  migrations.forEach(({ number, name }, index) => {
    if (number !== index + 1) {
      throw new MigrationError(
        `The migrations must be numbered without gaps or doubles, but ${name} is in place ${index + 1}.`,
      )
    }
  })
  return migrations
}

function parse(file: string, source: string): Migration {
  const [, name = '', digits = ''] = /^((\d{4})_[a-z0-9_]+)\.sql$/.exec(file) ?? []
  if (name === '') throw new MigrationError(`${file} must be named like 0001_what_it_does.sql.`)
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  const ups = indicesOf(lines, UP)
  const downs = indicesOf(lines, DOWN)
  const [up = -1] = ups
  const [down = -1] = downs
  if (ups.length !== 1 || downs.length !== 1 || up > down) {
    throw new MigrationError(`${file} must have the line “${UP}” once and below it the line “${DOWN}” once.`)
  }
  if (!isBlank(lines.slice(0, up))) throw new MigrationError(`${file} has statements above the line “${UP}”.`)
  const forward = partOf(lines, up + 1, down)
  if (isBlank(lines.slice(up + 1, down))) throw new MigrationError(`${file} has nothing below “${UP}”.`)
  return {
    number: Number(digits),
    name,
    checksum: createHash('sha256').update(forward.sql.trim()).digest('hex'),
    up: forward,
    down: wayBack(file, lines, down + 1),
  }
}

function wayBack(file: string, lines: readonly string[], from: number): Migration['down'] {
  const rest = lines.slice(from)
  if (!isBlank(rest)) return partOf(lines, from, lines.length)
  const reason = rest.map((line) => IRREVERSIBLE.exec(line)?.[1]).find((words) => words !== undefined)
  if (reason !== undefined) return { irreversible: reason }
  throw new MigrationError(`${file} must say below “${DOWN}” how to go back, or “-- irreversible: ” and why not.`)
}

function partOf(lines: readonly string[], from: number, to: number): Part {
  return { sql: lines.slice(from, to).join('\n'), line: from + 1 }
}

function indicesOf(lines: readonly string[], marker: string): number[] {
  return lines.flatMap((line, index) => (line.trimEnd() === marker ? [index] : []))
}

function isBlank(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === '' || line.trimStart().startsWith('--'))
}
