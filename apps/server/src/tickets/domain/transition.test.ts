import { STATUS_TRANSITIONS, TICKET_STATUSES, type TicketStatus } from '@tessera/contract'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../platform/errors.ts'
import { openTransitions, type StatusFacts, transition } from './transition.ts'

const NOW = '2026-03-04T05:06:07.000Z'
const facts = (changes: Partial<StatusFacts> = {}): StatusFacts => ({
  status: 'new',
  assigned_to_user_id: 'agent',
  resolution_date: null,
  resolution_type: null,
  on_hold_reason: null,
  reopen_count: 0,
  ...changes,
})
const withEverything = (to: TicketStatus) => ({ to, resolution_type: 'solved', on_hold_reason: 'waits' }) as const

describe('transition', () => {
  for (const from of TICKET_STATUSES) {
    for (const to of TICKET_STATUSES) {
      const legal = STATUS_TRANSITIONS[from].includes(to)
      it(`${legal ? 'lets' : 'does not let'} a ticket go from ${from} to ${to}`, () => {
        const move = () => transition(facts({ status: from }), withEverything(to), NOW)
        if (legal) expect(move().status).toBe(to)
        else expect(move).toThrow(expect.objectContaining({ code: 'invalid_status_transition' }))
      })
    }
  }

  it('asks for a resolution type before a ticket is resolved', () => {
    expect(() => transition(facts({ status: 'in_progress' }), { to: 'resolved' }, NOW)).toThrow(DomainError)
  })

  it('dates a resolution, and forgets it when the ticket is reopened', () => {
    const resolved = transition(facts({ status: 'in_progress' }), { to: 'resolved', resolution_type: 'solved' }, NOW)
    expect(resolved).toMatchObject({ resolution_type: 'solved', resolution_date: NOW })
    const reopened = transition(resolved, { to: 'reopened' }, NOW)
    expect(reopened).toMatchObject({ resolution_type: null, resolution_date: null, reopen_count: 1 })
  })

  it('keeps the moment of resolution when a resolved ticket is closed', () => {
    const resolved = facts({
      status: 'resolved',
      resolution_date: '2026-01-01T00:00:00.000Z',
      resolution_type: 'solved',
    })
    expect(transition(resolved, { to: 'closed' }, NOW)).toMatchObject({
      resolution_date: '2026-01-01T00:00:00.000Z',
      resolution_type: 'solved',
    })
  })

  it('asks why a ticket is put on hold, and forgets the reason when it goes on', () => {
    expect(() => transition(facts({ status: 'assigned' }), { to: 'on_hold' }, NOW)).toThrow(/wrong/)
    const held = transition(facts({ status: 'assigned' }), { to: 'on_hold', on_hold_reason: 'waits for parts' }, NOW)
    expect(held.on_hold_reason).toBe('waits for parts')
    expect(transition(held, { to: 'in_progress' }, NOW).on_hold_reason).toBeNull()
  })

  it('does not call a ticket assigned that nobody has', () => {
    expect(openTransitions(facts({ assigned_to_user_id: null }))).toEqual(['in_progress', 'closed'])
    expect(() => transition(facts({ assigned_to_user_id: null }), { to: 'assigned' }, NOW)).toThrow(DomainError)
  })
})
