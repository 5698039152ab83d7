import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readMigrations } from './files.ts'

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tessera-migrations-'))
})

afterEach(async () => {
  await rm(dir, { recursive: true })
})

async function write(file: string, source: string): Promise<void> {
  await writeFile(join(dir, file), source)
}

const WHOLE = '-- migrate:up\ncreate table a ();\n-- migrate:down\ndrop table a;\n'

test('migrations are read in order, each with its way there and back', async () => {
  await write('0002_second.sql', '-- migrate:up\nselect 2;\n-- migrate:down\n-- irreversible: what was lost is lost.\n')
  await write('0001_first.sql', `-- Why.\n\n${WHOLE}`)
  await write('README.md', 'no migration')
  expect(await readMigrations(dir)).toMatchObject([
    {
      number: 1,
      name: '0001_first',
      up: { sql: 'create table a ();', line: 4 },
      down: { sql: 'drop table a;\n', line: 6 },
    },
    { number: 2, name: '0002_second', down: { irreversible: 'what was lost is lost.' } },
  ])
})

test('the checksum depends on what is applied, not on line endings nor on the way back', async () => {
  await write('0001_a.sql', WHOLE)
  const [original] = await readMigrations(dir)
  await write('0001_a.sql', WHOLE.replaceAll('\n', '\r\n').replace('drop table a', 'drop table if exists a'))
  expect((await readMigrations(dir))[0]?.checksum).toBe(original?.checksum)
  await write('0001_a.sql', WHOLE.replace('()', '(b int)'))
  expect((await readMigrations(dir))[0]?.checksum).not.toBe(original?.checksum)
})

describe('is refused with a sentence', () => {
  test.each([
    ['a name without a number', 'first.sql', WHOLE, 'must be named like 0001_what_it_does.sql'],
    ['a gap in the numbers', '0002_b.sql', WHOLE, 'without gaps or doubles, but 0002_b is in place 1'],
    ['no way back', '0001_a.sql', '-- migrate:up\nselect 1;\n', 'the line “-- migrate:down” once'],
    ['an empty way back', '0001_a.sql', '-- migrate:up\nselect 1;\n-- migrate:down\n', 'must say below'],
    ['nothing to do', '0001_a.sql', '-- migrate:up\n-- migrate:down\nselect 1;', 'has nothing below'],
    ['statements in neither part', '0001_a.sql', `select 1;\n${WHOLE}`, 'has statements above'],
    ['a part twice', '0001_a.sql', `${WHOLE}${WHOLE}`, 'the line “-- migrate:up” once'],
    ['the way back first', '0001_a.sql', '-- migrate:down\nselect 1;\n-- migrate:up\nselect 1;', 'and below it'],
  ])('%s', async (_, file, source, sentence) => {
    await write(file, source)
    await expect(readMigrations(dir)).rejects.toThrow(sentence)
  })

  test('one number twice', async () => {
    await write('0001_a.sql', WHOLE)
    await write('0001_b.sql', WHOLE)
    await expect(readMigrations(dir)).rejects.toThrow('0001_b is in place 2')
  })
})
