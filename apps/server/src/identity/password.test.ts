import { describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

describe('passwords', () => {
  test('the right password is accepted, another is not', async () => {
    const hash = await hashPassword('correct horse battery')
    expect(await verifyPassword({ hash, password: 'correct horse battery' })).toBe(true)
    expect(await verifyPassword({ hash, password: 'correct horse batterz' })).toBe(false)
  })

  test('two people with the same password have different hashes', async () => {
    expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'))
  })

  test('composed and decomposed characters are the same password', async () => {
    const hash = await hashPassword('Gr\u00fc\u00dfe aus K\u00f6ln')
    expect(await verifyPassword({ hash, password: 'Gru\u0308\u00dfe aus Ko\u0308ln' })).toBe(true)
  })

  test('a hash made with another cost is still understood', async () => {
    // Made by the reference implementation: argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await verifyPassword({ hash, password: 'password' })).toBe(true)
    expect(await verifyPassword({ hash, password: 'passwords' })).toBe(false)
  })

  test('what is no hash of ours matches nothing', async () => {
    for (const hash of ['', 'password', '$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA']) {
      expect(await verifyPassword({ hash, password: 'password' })).toBe(false)
    }
  })
})
