import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const NEAR_END_PX = 24

/**
 * Opens a conversation at its end and then leaves the place to its reader: a new message only offers a way down to it.
 * The reader's own message is gone to, and who reads the end stays there when the space gets smaller.
 */
export function useReadingPlace(newest_id: string | undefined, own: boolean) {
  const scroller = useRef<HTMLElement>(null)
  const known = useRef<string>(undefined)
  const atEnd = useRef(true)
  const [unseen, setUnseen] = useState(false)

  const goToEnd = useCallback(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
    setUnseen(false)
  }, [])

  useLayoutEffect(() => {
    const opening = known.current === undefined
    if (!newest_id || newest_id === known.current) return
    known.current = newest_id
    if (opening || own) goToEnd()
    else if (!isNearEnd(scroller.current)) setUnseen(true)
  }, [newest_id, own, goToEnd])

  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const followScroll = () => {
      atEnd.current = isNearEnd(box)
      if (atEnd.current) setUnseen(false)
    }
    const space = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTo({ top: box.scrollHeight })
    })
    box.addEventListener('scroll', followScroll, { passive: true })
    space.observe(box)
    return () => {
      box.removeEventListener('scroll', followScroll)
      space.disconnect()
    }
  }, [])

  return { scroller, unseen, goToEnd }
}

function isNearEnd(box: HTMLElement | null): boolean {
  return !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX
}
