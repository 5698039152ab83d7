import { type Static, Type } from 'typebox'
import { PERMISSIONS, STAFF_ROLES } from './permissions.ts'
import { route } from './route.ts'
import { Email, Instant, Line, Uuid } from './schema.ts'

export const readSetup = route({
  method: 'GET',
  path: '/api/setup/',
  access: 'public',
  summary: 'Whether this installation still waits for its first company',
  reply: Type.Object({ required: Type.Boolean() }),
})

export const SetupBody = Type.Object(
  {
    token: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'from the set-up link that the first start prints',
    }),
    company: Type.Object({ name: Line(100), time_zone: Line(64) }, { additionalProperties: false }),
    administrator: Type.Object(
      { full_name: Line(100), email: Email, password: Type.String({ minLength: 12, maxLength: 128 }) },
      { additionalProperties: false },
    ),
    inbox: Type.Object({ name: Line(100), address: Email }, { additionalProperties: false }),
  },
  { additionalProperties: false },
)
export type SetupBody = Static<typeof SetupBody>

export const completeSetup = route({
  method: 'POST',
  path: '/api/setup/',
  access: 'public',
  summary: 'Create the first company, its administrator and its first inbox',
  status: 201,
  body: SetupBody,
  reply: Type.Object({ company_id: Uuid, user_id: Uuid, inbox_id: Uuid }),
})

export const createToken = route({
  method: 'POST',
  path: '/api/session/token/',
  access: 'session',
  summary: 'Exchange the browser’s session for a short-lived JWT; refused until a second factor is enrolled',
  reply: Type.Object({ token: Type.String(), expires_at: Instant }),
})

export const Me = Type.Object({
  user: Type.Object({ id: Uuid, full_name: Type.String(), email: Type.String(), role: Type.Enum(STAFF_ROLES) }),
  company: Type.Object({ id: Uuid, name: Type.String(), time_zone: Type.String() }),
  permissions: Type.Array(Type.Enum(PERMISSIONS as [...typeof PERMISSIONS])),
})
export type Me = Static<typeof Me>

export const readMe = route({
  method: 'GET',
  path: '/api/me/',
  access: 'member',
  summary: 'Who the caller is and what they may do',
  reply: Me,
})
