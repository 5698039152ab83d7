import { useRef, useState } from 'react'

export type ComposerMode = 'reply' | 'note'

export interface Draft {
  mode: ComposerMode
  reply: string
  note: string
}

const EMPTY: Draft = { mode: 'reply', reply: '', note: '' }

/**
 * What one is writing on a ticket, kept in this browser until it is sent. Reply and note are two texts: switching
 * between them can never send an internal word to a customer.
 */
export function useDraft(user_id: string, ticket_id: string) {
  const key = `tessera.draft.${user_id}.${ticket_id}`
  const [draft, setDraft] = useState(() => readDraft(localStorage.getItem(key)))
  const latest = useRef(draft)

  function change(part: Partial<Draft>): void {
    const next = { ...latest.current, ...part }
    latest.current = next
    setDraft(next)
    if (next.reply || next.note) localStorage.setItem(key, JSON.stringify(next))
    else localStorage.removeItem(key)
  }

  return { draft, change }
}

/** A draft as it was stored; anything else is an empty one. */
export function readDraft(stored: string | null): Draft {
  if (!stored) return EMPTY
  try {
    const { mode, reply, note }: Partial<Record<keyof Draft, unknown>> = JSON.parse(stored)
    return {
      mode: mode === 'note' ? 'note' : 'reply',
      reply: typeof reply === 'string' ? reply : '',
      note: typeof note === 'string' ? note : '',
    }
  } catch {
    // Written by something else; there is nothing in it that could be shown.
    return EMPTY
  }
}
