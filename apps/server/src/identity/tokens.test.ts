import { generateKeyPairSync, randomUUIDv7 } from 'node:crypto'
import { ROLE_PERMISSIONS, readMe } from '@tessera/contract'
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { type TestCompany, useTestServer } from '../../test/harness.ts'
import { transact } from '../platform/db/index.ts'

const server = useTestServer()
let company: TestCompany
beforeAll(async () => {
  company = await server.company()
})

const status = async (token: string) => (await server.ask({ token }, readMe)).status
const permissions = async (token: string) => (await server.ask({ token }, readMe)).body.permissions

/** A key pair that the server trusts, though it never signs with it. */
async function plantKey() {
  const kid = randomUUIDv7()
  const pair = generateKeyPairSync('ed25519')
  await server.owner.query(
    `insert into auth.signing_keys (id, public_key, private_key, alg, crv, created_at)
     values ($1, $2, '', 'EdDSA', 'Ed25519', '2020-01-01')`,
    [kid, JSON.stringify(pair.publicKey.export({ format: 'jwk' }))],
  )
  return { kid, ...pair }
}

function claims(changes: JWTPayload = {}): JWTPayload {
  const { company_id, agent } = company
  const exp = Math.floor(Date.now() / 1000) + 60
  const named = { iss: 'urn:tessera', aud: 'urn:tessera', sub: agent.user_id, exp }
  return { ...named, company_id, role: 'support_agent', permissions: ROLE_PERMISSIONS.support_agent, ...changes }
}

function without(name: string): JWTPayload {
  return Object.fromEntries(Object.entries(claims()).filter(([key]) => key !== name))
}

type Key = Parameters<SignJWT['sign']>[0]
const sign = (payload: JWTPayload, header: JWTHeaderParameters, key: Key) =>
  new SignJWT(payload).setProtectedHeader(header).sign(key)

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a token is refused', () => {
  test('unless a key of ours signed all that is needed: the control for what follows', async () => {
    const { kid, privateKey } = await plantKey()
    expect(await status(await sign(claims(), { alg: 'EdDSA', kid }, privateKey))).toBe(200)
  })

  test.each<[string, () => JWTPayload]>([
    ['of another issuer', () => claims({ iss: 'https://evil.test' })],
    ['for another audience', () => claims({ aud: 'https://evil.test' })],
    ['that has expired', () => claims({ exp: Math.floor(Date.now() / 1000) - 1 })],
    ['that is not good yet', () => claims({ nbf: Math.floor(Date.now() / 1000) + 60 })],
    ['without an expiry', () => without('exp')],
    ['without a subject', () => without('sub')],
    ['without a company', () => without('company_id')],
    ['without permissions', () => without('permissions')],
    ['of somebody who is no member', () => claims({ sub: randomUUIDv7() })],
    ['of a member in another company', () => claims({ company_id: randomUUIDv7() })],
    ['whose subject is no id', () => claims({ sub: "' or 1=1" })],
  ])('%s', async (_, payload) => {
    const { kid, privateKey } = await plantKey()
    const answer = await server.ask({ token: await sign(payload(), { alg: 'EdDSA', kid }, privateKey) }, readMe)
    expect(answer).toMatchObject({ status: 401, body: { error_code: 'unauthenticated' } })
  })

  test('signed by another key under the name of ours', async () => {
    const { kid } = await plantKey()
    const { privateKey } = generateKeyPairSync('ed25519')
    expect(await status(await sign(claims(), { alg: 'EdDSA', kid }, privateKey))).toBe(401)
  })

  test('with an unknown key, or none named', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    expect(await status(await sign(claims(), { alg: 'EdDSA', kid: randomUUIDv7() }, privateKey))).toBe(401)
    expect(await status(await sign(claims(), { alg: 'EdDSA', kid: "x'; --" }, privateKey))).toBe(401)
    expect(await status(await sign(claims(), { alg: 'EdDSA' }, privateKey))).toBe(401)
  })

  test('with no signature at all', async () => {
    const { kid } = await plantKey()
    for (const alg of ['none', 'None', 'NONE']) {
      expect(await status(`${encode({ alg, kid })}.${encode(claims())}.`)).toBe(401)
    }
  })

  test('signed by HMAC with our public key as the secret', async () => {
    const { kid, publicKey } = await plantKey()
    const { x = '' } = publicKey.export({ format: 'jwk' })
    const secrets = [Buffer.from(x, 'base64url'), Buffer.from(publicKey.export({ format: 'pem', type: 'spki' }))]
    for (const secret of secrets) expect(await status(await sign(claims(), { alg: 'HS256', kid }, secret))).toBe(401)
  })

  test('that brings its own key along', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const header = { alg: 'EdDSA', kid: randomUUIDv7(), jwk: publicKey.export({ format: 'jwk' }) }
    expect(await status(await sign(claims(), header, privateKey))).toBe(401)
  })

  test('that was tampered with', async () => {
    const [header, , signature] = company.agent.token.split('.')
    const forged = encode(claims({ sub: company.administrator.user_id, role: 'system_administrator' }))
    expect(await status(`${header}.${forged}.${signature}`)).toBe(401)
  })

  test('that is none', async () => {
    for (const token of ['', 'x', 'a.b', 'a.b.c', '..', 'a'.repeat(5000)]) expect(await status(token)).toBe(401)
  })
})

describe('a token', () => {
  test('stops working when its time is over, though it was seen before', async () => {
    const { user_id, role } = company.lead
    const member = { user_id, company_id: company.company_id, role }
    const { token, expires_at } = await server.identity.issueToken(member, { ttl: 60 })
    expect(await status(token)).toBe(200)
    server.setClock(expires_at)
    expect(await status(token)).toBe(401)
    server.setClock(null)
  })

  test('may carry fewer permissions than the role, never more', async () => {
    const { user_id, role } = company.agent
    const member = { user_id, company_id: company.company_id, role }
    const fewer = await server.identity.issueToken(member, { permissions: ['read_support_ticket'] })
    expect(await permissions(fewer.token)).toEqual(['read_support_ticket'])
    const more = await server.identity.issueToken(member, { permissions: ['read_support_ticket', 'manage_users'] })
    expect(await permissions(more.token)).toEqual(['read_support_ticket'])
  })

  async function change(user_id: string, columns: { is_active?: boolean; role?: 'support_agent' }): Promise<void> {
    await transact(server.database, { company_id: company.company_id, access: 'write' }, async (tx) => {
      await tx.db.updateTable('users').set(columns).where('id', '=', user_id).execute()
      tx.signal('principals_changed')
    })
  }

  test('of somebody who is deactivated stops working at once', async () => {
    const { user_id, token } = company.outsider
    expect(await status(token)).toBe(200)
    await change(user_id, { is_active: false })
    await expect.poll(() => status(token)).toBe(401)
  })

  test('of somebody whose role changed loses what the role lost', async () => {
    const { user_id, token } = company.manager
    expect(await permissions(token)).toContain('delete_support_ticket')
    await change(user_id, { role: 'support_agent' })
    await expect.poll(() => permissions(token)).toEqual([...ROLE_PERMISSIONS.support_agent])
  })

  test('can be verified by others with the keys at the JWKS address, which hold nothing secret', async () => {
    const { keys } = (await server.http.inject('/api/auth/jwks')).json()
    const [header = ''] = company.agent.token.split('.')
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
    expect(keys).toContainEqual(expect.objectContaining({ kid, kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' }))
    for (const key of keys) expect(key).not.toHaveProperty('d')
  })

  test('is signed by a key that is kept encrypted', async () => {
    const { rows } = await server.owner.query('select private_key from auth.signing_keys where private_key <> $1', [''])
    expect(rows).not.toHaveLength(0)
    for (const { private_key } of rows) expect(private_key).not.toMatch(/kty|"d"/)
  })
})

describe('the schema auth', () => {
  test.each(['app', 'system'] as const)('is closed to the connections that serve companies: %s', async (pool) => {
    for (const table of ['identities', 'accounts', 'sessions', 'two_factors', 'signing_keys', 'setup_tokens']) {
      const reading = server.database[pool].query(`select from auth.${table}`)
      await expect(reading).rejects.toThrow(/permission denied/)
    }
  })
})
