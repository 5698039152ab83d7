import { Button } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { announce } from './live-region.tsx'

interface CopyButtonProps {
  text: string
  label: string
  done: string
}

/** Absent where the browser has no clipboard for us, as over plain HTTP. */
export function CopyButton({ text, label, done }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  if (!navigator.clipboard) return null

  async function copy() {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    announce(done)
  }

  return (
    <Button
      variant="default"
      leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      onClick={copy}
    >
      {copied ? done : label}
    </Button>
  )
}
