import { randomBytes } from 'node:crypto'

/** 32 letters and digits that nobody confuses: five random bits each. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP_LENGTH = 5

/** A password of 100 random bits that can be read out and typed, such as `k3wd9-hm2xa-…`. */
export function generatePassword(): string {
  const letters = Array.from(randomBytes(GROUPS * GROUP_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length])
  return letters.join('').replace(/(.{5})(?=.)/g, '$1-')
}
