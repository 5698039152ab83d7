import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { isAlive, killHard, PROJECT, query, run, serverPid, temporaryDataDir } from './testing/processes.ts'

/** Real processes that are killed, doubled and started as other users. */

const SECOND = 1000
vi.setConfig({ testTimeout: 60 * SECOND })

/** Within five seconds, as an operator is promised; on a machine busy with other things, within five first starts. */
async function soon(start: () => Promise<string | undefined>): Promise<string | undefined> {
  const [url, took] = await timed(start)
  if (took > 5 * SECOND) {
    const elsewhere = await temporaryDataDir()
    const [, firstStart] = await timed(() => run(elsewhere).url)
    expect(took).toBeLessThan(5 * firstStart)
  }
  return url
}

async function timed<T>(work: () => Promise<T>): Promise<[result: T, milliseconds: number]> {
  const before = performance.now()
  return [await work(), performance.now() - before]
}

describe('after a hard end the next start recovers by itself', () => {
  test('our process was killed and its server lives on', async () => {
    const dataDir = await temporaryDataDir()
    const first = run(dataDir)
    await query(await first.url, 'create table kept as select 42 as answer')
    const orphan = (await serverPid(dataDir)) ?? 0
    await killHard(first.child)
    expect(isAlive(orphan)).toBe(true)

    const url = await soon(() => run(dataDir).url)
    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(await serverPid(dataDir)).not.toBe(orphan)
    await vi.waitUntil(() => !isAlive(orphan))
  })

  test('both were killed and the note of the server is stale', async () => {
    const dataDir = await temporaryDataDir()
    const first = run(dataDir)
    await query(await first.url, 'create table kept as select 42 as answer')
    process.kill((await serverPid(dataDir)) ?? Number.NaN, 'SIGKILL')
    await killHard(first.child)

    const url = await soon(() => run(dataDir).url)
    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('the number in the stale note now belongs to another program, which is left alone', async () => {
    const dataDir = await temporaryDataDir()
    const first = run(dataDir)
    await first.url
    const path = join(dataDir, 'postgres/postmaster.pid')
    const [, ...rest] = (await readFile(path, 'utf8')).split('\n')
    process.kill((await serverPid(dataDir)) ?? Number.NaN, 'SIGKILL')
    await killHard(first.child)
    const bystander = spawn('sleep', ['600'])
    onTestFinished(() => killHard(bystander))
    await writeFile(path, [bystander.pid, ...rest].join('\n'))

    const url = await soon(() => run(dataDir).url)
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
  })

  test('our process was killed while it initialised', async () => {
    const dataDir = await temporaryDataDir()
    const first = run(dataDir)
    await vi.waitUntil(async () => {
      const [draft] = (await readdir(dataDir)).filter((name) => name.startsWith('postgres.new-'))
      return draft !== undefined && (await readdir(join(dataDir, draft, 'data')).catch(() => [])).length > 5
    })
    await killHard(first.child)
    expect(await readdir(dataDir)).not.toContain('postgres')

    const url = await soon(() => run(dataDir).url)
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await readdir(dataDir)).filter((name) => name.includes('.new'))).toEqual([])
  })
})

describe('one directory, one process', () => {
  test('a second start is refused with one sentence and exit code 1, and the first does not notice', async () => {
    const dataDir = await temporaryDataDir()
    const first = run(dataDir)
    const url = await first.url
    expect(await run(dataDir).ended).toEqual({
      code: 1,
      complaint: `Tessera already runs on ${dataDir}: stop it first, or set DATA_DIR to another directory.\n`,
    })
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('of several starts at the same moment exactly one wins', async () => {
    const dataDir = await temporaryDataDir()
    const runs = Array.from({ length: 4 }, () => run(dataDir))
    const urls = await Promise.all(runs.map(({ url }) => url))
    expect(urls.filter((url) => url !== undefined)).toHaveLength(1)
    const losers = runs.filter((_, index) => urls[index] === undefined)
    for (const { ended } of losers) expect(await ended).toMatchObject({ code: 1, complaint: /^Tessera already runs/ })
  })
})

describe('Ctrl-C', () => {
  test('reaches our process alone, which ends the server in good order', async () => {
    const dataDir = await temporaryDataDir()
    const { child, url, ended } = run(dataDir)
    await url
    const server = (await serverPid(dataDir)) ?? 0
    process.kill(-(child.pid ?? Number.NaN), 'SIGSTOP')
    process.kill(-(child.pid ?? Number.NaN), 'SIGINT')
    expect(await query(await url, 'select 1 as one')).toEqual([{ one: 1 }])
    process.kill(-(child.pid ?? Number.NaN), 'SIGCONT')
    expect(await ended).toEqual({ code: 0, complaint: '' })
    expect(isAlive(server)).toBe(false)
    expect(await serverPid(dataDir)).toBeUndefined()
  })
})

const NOBODY = 65_534
const isLinuxRoot = process.platform === 'linux' && process.getuid?.() === 0

describe.runIf(isLinuxRoot)('root', () => {
  test('has the server run as another user', async () => {
    const dataDir = await temporaryDataDir()
    await chmod(dataDir, 0o711)
    await run(dataDir).url
    const status = await readFile(`/proc/${await serverPid(dataDir)}/status`, 'utf8')
    expect(status).toMatch(/^Uid:\t(?!0\t)/m)
    expect(status).toMatch(/^CapEff:\t0+$/m)
  })

  test('may keep project and data below a directory that is closed to others', async () => {
    const closed = await temporaryDataDir()
    const project = join(closed, 'tessera')
    await mkdir(project)
    const through = ['unshare', '--mount', 'sh', '-c', `mount --bind ${PROJECT} ${project} && exec "$@"`, 'sh']
    const { url } = run(join(closed, 'data'), { through, project })
    expect(await query(await url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test.each([
    ['without the right to read everything, as in a container', ['setpriv', '--bounding-set=-dac_read_search']],
    ['that is nobody else, as in a sandbox', ['unshare', '--user', '--map-root-user']],
  ])('%s may do so too', async (_, through) => {
    const { url } = run(await temporaryDataDir(), { through })
    expect(await query(await url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('starts what an ordinary user began, and that user goes on afterwards', async () => {
    const dataDir = await temporaryDataDir()
    await chown(dataDir, NOBODY, NOBODY)
    const first = run(dataDir, { uid: NOBODY })
    await query(await first.url, 'create table kept as select 42 as answer')
    first.child.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)

    const second = run(dataDir)
    expect(await query(await second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    second.child.kill('SIGTERM')
    await second.ended
    expect((await stat(join(dataDir, 'postgres'))).uid).toBe(NOBODY)

    const third = run(dataDir, { uid: NOBODY })
    expect(await query(await third.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('leaves data behind that an ordinary user is told not to be theirs', async () => {
    const dataDir = await temporaryDataDir()
    const first = run(dataDir)
    await first.url
    first.child.kill('SIGTERM')
    await first.ended
    await chmod(dataDir, 0o777)
    await rm(join(dataDir, 'postgres.lock'))
    const { code, complaint } = await run(dataDir, { uid: NOBODY }).ended
    expect(complaint).toMatch(/belongs to the user with id \d+: start Tessera as that user or as root/)
    expect(code).toBe(1)
  })
})

test('a bystander that asks does not lose the lock for us', async () => {
  const dataDir = await temporaryDataDir()
  const first = run(dataDir)
  await first.url
  const reader = spawn('cat', [join(dataDir, 'postgres.lock')], { stdio: 'ignore' })
  await once(reader, 'exit')
  expect((await run(dataDir).ended).code).toBe(1)
})
