import { useEffect, useEffectEvent } from 'react'

const STORAGE_KEY = 'tessera.shortcuts'

/** Single letters can get in the way of speech input, so they can be turned off (WCAG 2.1.4). */
export function shortcutsEnabled(): boolean {
  return localStorage.getItem(STORAGE_KEY) !== 'off'
}

export function enableShortcuts(on: boolean): void {
  localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off')
}

/** Runs the handler of a pressed letter while nobody types and no dialog or menu is open. */
export function useShortcuts(handlers: Readonly<Record<string, () => void>>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const handler = handlers[event.key]
    if (!handler || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target) || !shortcutsEnabled())
      return
    event.preventDefault()
    handler()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

function isBusy(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]') !==
      null
  )
}
