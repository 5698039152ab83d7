import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'

interface DownloadButtonProps {
  content: string | Blob
  filename: string
  label: string
}

export function DownloadButton({ content, filename, label }: DownloadButtonProps) {
  function download() {
    const address = URL.createObjectURL(new Blob([content]))
    const link = document.createElement('a')
    link.href = address
    link.download = filename
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <Button variant="default" leftSection={<IconDownload size={15} aria-hidden />} onClick={download}>
      {label}
    </Button>
  )
}
