import { VisuallyHidden } from '@mantine/core'
import { useSyncExternalStore } from 'react'

let said = ''
let turn = 0
const listeners = new Set<() => void>()

/** Lets a screen reader say a sentence when it is free to. */
export function announce(sentence: string): void {
  turn += 1
  // Saying the same sentence twice needs a text that differs.
  said = turn % 2 ? sentence : `${sentence}\u00a0`
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Stands once, outside everything that comes and goes. */
export function LiveRegion() {
  const sentence = useSyncExternalStore(subscribe, () => said)
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {sentence}
    </VisuallyHidden>
  )
}
