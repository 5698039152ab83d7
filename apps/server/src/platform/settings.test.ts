import { isAbsolute, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { publicUrl, readSettings } from './settings.ts'
import { SettingError } from './settings-errors.ts'

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (error instanceof SettingError) return error.problems
    throw error
  }
}

describe('what is unset', () => {
  test('has the value that the documentation promises', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve(import.meta.dirname, '../../../../data'),
      appUrl: undefined,
      databaseUrl: undefined,
      smtpHost: '127.0.0.1',
      smtpPort: 2525,
      smtpUrl: undefined,
      secretKey: undefined,
      process: 'all',
      logLevel: 'info',
      mailMaxBytes: 25 * 1024 * 1024,
    })
  })

  test('includes what is set to nothing, as compose files do', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ', REDIS_URL: '' })).toEqual(readSettings({}))
  })
})

describe('what is set', () => {
  test('is read, trimmed and frozen', () => {
    const settings = readSettings({ PORT: ' 8080 ', HOST: '::1', SMTP_HOST: '0.0.0.0', PROCESS: 'work' })
    expect(settings).toMatchObject({ port: 8080, host: '::1', smtpHost: '0.0.0.0', process: 'work' })
    expect(Object.isFrozen(settings)).toBe(true)
  })

  test('makes the inbound mail listener follow HOST', () => {
    expect(readSettings({ HOST: '0.0.0.0' }).smtpHost).toBe('0.0.0.0')
  })

  test('may leave the ports to the system', () => {
    expect(readSettings({ PORT: '0', SMTP_PORT: '0' })).toMatchObject({ port: 0, smtpPort: 0 })
  })

  test('makes DATA_DIR absolute', () => {
    const { dataDir } = readSettings({ DATA_DIR: 'somewhere' })
    expect(isAbsolute(dataDir)).toBe(true)
    expect(dataDir).toBe(resolve('somewhere'))
  })

  test.each([
    ['hexadecimal', 'ab'.repeat(32)],
    ['base64', Buffer.alloc(32, 0xfb).toString('base64')],
    ['base64url', Buffer.alloc(32, 0xfb).toString('base64url')],
  ])('takes a key in %s', (_, text) => {
    expect(readSettings({ SECRET_KEY: text }).secretKey).toHaveLength(32)
  })
})

describe('what is wrong', () => {
  test.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '1e3'],
    ['HOST', 'http://localhost'],
    ['SMTP_PORT', 'smtp'],
    ['SMTP_HOST', 'a b'],
    ['APP_URL', 'desk.example.com'],
    ['APP_URL', 'https://desk.example.com/tickets'],
    ['DATABASE_URL', 'mysql://localhost/tessera'],
    ['SMTP_URL', 'mail.example.com:25'],
    ['SECRET_KEY', 'abc'],
    ['PROCESS', 'both'],
    ['LOG_LEVEL', 'verbose'],
    ['MAIL_MAX_BYTES', '25MB'],
    ['MAIL_MAX_BYTES', '1'],
  ])('is refused with a sentence that names it: %s=%s', (name, text) => {
    const problems = problemsOf({ [name]: text })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name} must be .+\\.$`))
  })

  test('is reported all at once', () => {
    expect(problemsOf({ PORT: 'x', PROCESS: 'x', LOG_LEVEL: 'x' })).toHaveLength(3)
  })

  test('is not repeated where it may hold a secret', () => {
    const problems = problemsOf({
      DATABASE_URL: 'hunter2://hunter2@host',
      SMTP_URL: 'hunter2',
      SECRET_KEY: 'hunter2',
    })
    expect(problems).toHaveLength(3)
    expect(problems.join()).not.toContain('hunter2')
  })

  test.each(['DATABASE_REPLICA_URL', 'REDIS_URL', 'AMQP_URL', 'S3_URL'])(
    'includes %s, which this release would have to ignore',
    (name) => {
      expect(problemsOf({ [name]: 'redis://localhost' })[0]).toMatch(`${name} is set, but this release`)
    },
  )

  test('includes one port for both listeners', () => {
    expect(problemsOf({ PORT: '2525' })[0]).toMatch('SMTP_PORT must differ from PORT')
  })
})

describe('the address people open', () => {
  test('is APP_URL where it is set', () => {
    expect(publicUrl(readSettings({ APP_URL: 'https://desk.example.com/' }), 3000)).toBe('https://desk.example.com')
  })

  test.each([
    ['127.0.0.1', 'http://127.0.0.1:4000'],
    ['0.0.0.0', 'http://localhost:4000'],
    ['::1', 'http://[::1]:4000'],
  ])('is where the process listens otherwise: %s', (host, address) => {
    expect(publicUrl(readSettings({ HOST: host }), 4000)).toBe(address)
  })
})
