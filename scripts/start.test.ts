import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { isBuilt } from './ensure-build.mjs'
import { bundledNode, isInstalled, requireNode } from './ensure-install.mjs'

let project: string

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'tessera-scripts-'))
  onTestFinished(() => rm(project, { recursive: true }))
})

async function write(path: string, content = '', changed = new Date()): Promise<string> {
  const file = path.startsWith(project) ? path : join(project, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
  await utimes(file, changed, changed)
  return file
}

describe('the Node.js of the machine', () => {
  test.each(['20.19.0', '20.20.2', '22.0.0', '26.10.0'])('may be %s', (version) => {
    expect(() => requireNode(version)).not.toThrow()
  })

  test.each(['20.18.3', '18.20.0', '0.12.0'])('may not be %s, and the sentence says what to install', (version) => {
    expect(() => requireNode(version)).toThrow(`newer to start, and this is ${version}: install the current one from`)
  })
})

describe('the packages', () => {
  const lock = (packages: Record<string, object>) => JSON.stringify({ packages })
  const wanted = lock({
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/for-another-machine': { version: '1.0.0', optional: true },
  })

  beforeEach(async () => {
    await write('package-lock.json', wanted)
    await write(bundledNode(project))
    await write('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' } }))
  })

  test('are installed where they are what the lock asks for, but for those of other machines', () => {
    expect(isInstalled(project)).toBe(true)
  })

  test.each([
    ['one is missing', 'node_modules/.package-lock.json', lock({})],
    ['one is of another version', 'node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.1' } })],
    ['the record is damaged', 'node_modules/.package-lock.json', '{"pack'],
    ['the lock asks for more', 'package-lock.json', lock({ 'node_modules/b': { version: '1.0.0' } })],
  ])('are not installed where %s', async (_, path, content) => {
    await write(path, content)
    expect(isInstalled(project)).toBe(false)
  })

  test('are not installed where npm was cut short', async () => {
    await rm(join(project, 'node_modules/.package-lock.json'))
    expect(isInstalled(project)).toBe(false)
  })

  test('are not installed where install scripts did not run', async () => {
    await rm(bundledNode(project))
    expect(isInstalled(project)).toBe(false)
  })
})

describe('the web app', () => {
  const old = new Date('2026-01-01T00:00:00Z')
  const recent = new Date('2026-06-01T00:00:00Z')
  const now = new Date('2026-11-01T00:00:00Z')

  beforeEach(async () => {
    await write('package-lock.json', '', old)
    await write('apps/web/index.html', '', old)
    const sources = [
      await write('apps/web/src/main.tsx', '', old),
      await write('packages/contract/src/index.ts', '', old),
    ]
    for (const source of sources) await utimes(dirname(source), old, old)
    await write('apps/web/dist/index.html', '', recent)
  })

  test('is built where nothing changed since', () => {
    expect(isBuilt(project)).toBe(true)
  })

  test.each(['apps/web/src/main.tsx', 'apps/web/index.html', 'packages/contract/src/index.ts', 'package-lock.json'])(
    'is to be built where %s changed',
    async (path) => {
      await write(path, '', now)
      expect(isBuilt(project)).toBe(false)
    },
  )

  test('is to be built where a source was removed', async () => {
    await rm(join(project, 'apps/web/src/main.tsx'))
    expect(isBuilt(project)).toBe(false)
  })

  test('is to be built where it never was', async () => {
    await rm(join(project, 'apps/web/dist'), { recursive: true })
    expect(isBuilt(project)).toBe(false)
  })
})

describe.each([
  ['in place', ''],
  ['as a child, on an older Node.js', 'process.execve = undefined;'],
])('the server, %s', (_, before) => {
  /** Becomes a program that counts its signals and ends with their number, a while after the first. */
  async function start(body: string) {
    const program = await write('program.mjs', body)
    const become = join(import.meta.dirname, 'become.mjs')
    const source = `${before} import(${JSON.stringify(become)}).then(({ become }) => become(${JSON.stringify(program)}, ['--demo']))`
    const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
    const closed = once(child, 'close')
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    return { child, closed, line: async () => (await lines.next()).value }
  }

  test('gets the arguments, and its exit code is ours', async () => {
    const { closed, line } = await start('console.log(process.argv.slice(2).join()); process.exitCode = 7')
    expect(await line()).toBe('--demo')
    expect(await closed).toEqual([7, null])
  })

  test('hears of Ctrl-C once', async () => {
    const { child, closed, line } = await start(`
      let heard = 0
      process.on('SIGINT', () => { heard++; setTimeout(() => process.exit(heard), 200) })
      setInterval(() => {}, 1000)
      console.log('ready')`)
    expect(await line()).toBe('ready')
    process.kill(-(child.pid ?? Number.NaN), 'SIGINT')
    expect(await closed).toEqual([1, null])
  })

  test('ends by a signal, and so do we', async () => {
    const { closed, line } = await start(`console.log('ready'); process.kill(process.pid, 'SIGKILL')`)
    expect(await line()).toBe('ready')
    expect(await closed).toEqual([null, 'SIGKILL'])
  })
})
