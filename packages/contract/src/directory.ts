import { type Static, Type } from 'typebox'
import { STAFF_ROLES } from './permissions.ts'
import { route } from './route.ts'
import { ListOf, NamedRef, Nullable, PageQuery, Uuid } from './schema.ts'

export const User = Type.Object({
  id: Uuid,
  full_name: Type.String(),
  email: Type.String(),
  role: Type.Enum(STAFF_ROLES),
  is_active: Type.Boolean(),
  teams: Type.Array(NamedRef),
})
export type User = Static<typeof User>

export const listUsers = route({
  method: 'GET',
  path: '/api/users/',
  access: 'read_support_ticket',
  summary: 'List the people of the company',
  query: Type.Object(
    { ...PageQuery, team_id: Type.Optional(Uuid), is_active: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  reply: ListOf(User),
})

export const Customer = Type.Object({
  id: Uuid,
  name: Type.String(),
  email: Nullable(Type.String({ description: 'the first address of the first contact' })),
})
export type Customer = Static<typeof Customer>

export const listCustomers = route({
  method: 'GET',
  path: '/api/customers/',
  access: 'create_support_ticket',
  summary: 'Find customers by name or address',
  query: Type.Object(
    { ...PageQuery, q: Type.Optional(Type.String({ maxLength: 200 })) },
    { additionalProperties: false },
  ),
  reply: ListOf(Customer),
})
