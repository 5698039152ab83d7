import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkBoundaries } from './gate-boundaries.mjs'

const RULES: string[] = createRequire(import.meta.url)('../.dependency-cruiser.cjs').forbidden.map(
  ({ name }: { name: string }) => name,
)
const SERVER = 'apps/server/src'

/** A house in miniature: by file, what it imports. Every line of it is allowed. */
const HOUSE: Record<string, string[]> = {
  'packages/contract/src/index.ts': ['typebox'],
  [`${SERVER}/main.ts`]: ['./start.ts'],
  [`${SERVER}/start.ts`]: ['./tickets/index.ts', './platform/db/index.ts', './cli/run.ts', './demo/index.ts'],
  [`${SERVER}/cli/run.ts`]: ['../tickets/index.ts', '../platform/db/index.ts'],
  [`${SERVER}/demo/index.ts`]: ['../tickets/index.ts'],
  [`${SERVER}/tickets/index.ts`]: ['./open.ts'],
  [`${SERVER}/tickets/open.ts`]: ['./domain/move.ts', '../agents/index.ts', '../platform/db/index.ts', 'node:fs', 'pg'],
  [`${SERVER}/tickets/domain/move.ts`]: [
    './time.ts',
    '../../platform/errors.ts',
    '../../platform/clock.ts',
    '../../../../../packages/contract/src/index.ts',
    'node:crypto',
  ],
  [`${SERVER}/tickets/domain/time.ts`]: [],
  [`${SERVER}/tickets/open.test.ts`]: ['./open.ts', '../agents/create.ts', '../../test/harness.ts'],
  [`${SERVER}/agents/index.ts`]: ['./create.ts'],
  [`${SERVER}/agents/create.ts`]: ['../platform/errors.ts'],
  [`${SERVER}/platform/errors.ts`]: [],
  [`${SERVER}/platform/clock.ts`]: [],
  [`${SERVER}/platform/db/index.ts`]: ['./pools.ts', '../errors.ts'],
  [`${SERVER}/platform/db/pools.ts`]: ['pg'],
  'apps/server/test/harness.ts': ['../src/start.ts', '../src/platform/db/pools.ts'],
  'apps/web/src/app/main.tsx': ['../tickets/list.tsx'],
  'apps/web/src/app/api.ts': ['../../../../packages/contract/src/index.ts'],
  'apps/web/src/tickets/list.tsx': ['../app/api.ts', '../ui/tag.tsx', '@tanstack/react-query'],
  'apps/web/src/ui/tag.tsx': ['./tone.ts'],
  'apps/web/src/ui/tone.ts': [],
  'e2e/journey.ts': ['../apps/server/test/harness.ts'],
}

/** What each rule refuses: a file, and what it must not import. */
const INTRUSIONS: [rule: string, file: string, imported: string, target?: string][] = [
  ['domain-is-pure', `${SERVER}/tickets/domain/a.ts`, '../open.ts', `${SERVER}/tickets/open.ts`],
  ['domain-is-pure', `${SERVER}/tickets/domain/b.ts`, '../../platform/db/index.ts', `${SERVER}/platform/db/index.ts`],
  ['domain-is-pure', `${SERVER}/agents/domain/c.ts`, '../../tickets/index.ts', `${SERVER}/tickets/index.ts`],
  ['domain-without-effects', `${SERVER}/tickets/domain/d.ts`, 'node:fs/promises', 'fs/promises'],
  ['domain-without-effects', `${SERVER}/tickets/domain/e.ts`, 'pg', 'node_modules/pg/index.js'],
  ['feature-by-its-door', `${SERVER}/tickets/f.ts`, '../agents/create.ts', `${SERVER}/agents/create.ts`],
  ['feature-by-its-door', `${SERVER}/tickets/g.ts`, '../start.ts', `${SERVER}/start.ts`],
  ['feature-by-its-door', `${SERVER}/tickets/h.ts`, '../cli/run.ts', `${SERVER}/cli/run.ts`],
  ['root-by-the-door', `${SERVER}/cli/i.ts`, '../tickets/open.ts', `${SERVER}/tickets/open.ts`],
  ['root-by-the-door', `${SERVER}/prepare.ts`, './agents/create.ts', `${SERVER}/agents/create.ts`],
  ['platform-without-business', `${SERVER}/platform/j.ts`, '../agents/index.ts', `${SERVER}/agents/index.ts`],
  ['platform-without-business', `${SERVER}/platform/k.ts`, '../start.ts', `${SERVER}/start.ts`],
  ['platform-by-its-door', `${SERVER}/tickets/l.ts`, '../platform/db/pools.ts', `${SERVER}/platform/db/pools.ts`],
  [
    'contract-stands-alone',
    'packages/contract/src/m.ts',
    '../../../apps/server/src/platform/errors.ts',
    `${SERVER}/platform/errors.ts`,
  ],
  ['browser-without-node', 'packages/contract/src/n.ts', 'node:crypto', 'crypto'],
  ['browser-without-node', 'apps/web/src/app/o.ts', 'node:path', 'path'],
  [
    'web-knows-the-contract-only',
    'apps/web/src/app/p.ts',
    '../../../server/src/platform/errors.ts',
    `${SERVER}/platform/errors.ts`,
  ],
  ['ui-is-primitive', 'apps/web/src/ui/q.tsx', '../app/api.ts', 'apps/web/src/app/api.ts'],
  [
    'ui-is-primitive',
    'apps/web/src/ui/r.tsx',
    '../../../../packages/contract/src/index.ts',
    'packages/contract/src/index.ts',
  ],
  ['ui-is-primitive', 'apps/web/src/ui/s.tsx', '@tanstack/react-query', 'node_modules/@tanstack/react-query/index.js'],
  ['not-to-tests', `${SERVER}/t.ts`, '../test/harness.ts', 'apps/server/test/harness.ts'],
  ['no-cycles', `${SERVER}/platform/u.ts`, './x.ts', `${SERVER}/platform/x.ts`],
  ['nothing-unresolved', `${SERVER}/platform/v.ts`, './gone.ts', './gone.ts'],
  ['nothing-unresolved', `${SERVER}/platform/w.ts`, 'not-installed', 'not-installed'],
]

let dir: string
let complaints: string[]

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tessera-boundaries-'))
  for (const name of ['pg', 'typebox', '@tanstack/react-query']) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    await write(`node_modules/${name}/index.js`, 'module.exports = 1')
  }
  await write('package.json', JSON.stringify({ dependencies: { pg: '1', typebox: '1', '@tanstack/react-query': '1' } }))
  for (const [file, imported] of Object.entries(HOUSE)) await write(file, source(imported))
  for (const [, file, imported] of INTRUSIONS) await write(file, source([imported]))
  await write(`${SERVER}/tickets/types.ts`, "import type { it } from '../agents/create.ts'\nexport const one: it = 1\n")
  await write(`${SERVER}/tickets/late.ts`, "export const one = () => import('../agents/create.ts')\n")
  await write(`${SERVER}/platform/x.ts`, source(['./u.ts']))
  await write(`${SERVER}/platform/alone.ts`, 'export const one = 1\n')
  complaints = (await checkBoundaries(dir)).complaints
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(dir, file)), { recursive: true })
  await writeFile(join(dir, file), text)
}

function source(imported: readonly string[]): string {
  const lines = imported.map((from, place) => `import { it as it${place} } from '${from}'`)
  return [...lines, `export const it = [${imported.map((_, place) => `it${place}`)}]`, ''].join('\n')
}

describe('the walls of the house', () => {
  it.each(INTRUSIONS)('%s: %s may not import %s', (rule, file, _, target) => {
    expect(complaints).toContain(`${rule}: ${file} → ${target}`)
  })

  it('hold for an import of types and for one at run time', () => {
    expect(complaints).toContain(`feature-by-its-door: ${SERVER}/tickets/types.ts → ${SERVER}/agents/create.ts`)
    expect(complaints).toContain(`feature-by-its-door: ${SERVER}/tickets/late.ts → ${SERVER}/agents/create.ts`)
  })

  it('find a module that nobody uses and that uses nobody', () => {
    expect(complaints.filter((complaint) => complaint.startsWith('no-orphans'))).toHaveLength(1)
    expect(complaints.join()).toContain(`no-orphans: ${SERVER}/platform/alone.ts`)
  })

  it('do not hold because nobody looked', async () => {
    const { complaints } = await checkBoundaries(dir, { exclude: { path: '/tickets/' } })
    expect(complaints).toContain(`unread: ${SERVER}/tickets/open.ts was not looked at`)
  })

  it('let everything through that is allowed', () => {
    const accused = complaints.map((complaint) => complaint.split(': ')[1]?.split(' → ')[0])
    expect(Object.keys(HOUSE).filter((file) => accused.includes(file))).toEqual([])
  })

  it('are all proved here', () => {
    const proved = new Set([...INTRUSIONS.map(([rule]) => rule), 'no-orphans'])
    expect(RULES.filter((rule) => !proved.has(rule))).toEqual([])
  })
})
