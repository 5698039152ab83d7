export { createIdentity } from './create-identity.ts'
export { generatePassword } from './generate-password.ts'
export { type Member, membershipsByEmail } from './memberships.ts'
export { type Identity, openIdentity } from './open-identity.ts'
