import { Modal, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type MailMessage, readRawMailMessage } from '@tessera/contract'
import { useTranslation } from 'react-i18next'
import { call } from '../app/api.ts'
import { ScreenFailure } from '../app/failure.tsx'
import { DownloadButton } from '../ui/download-button.tsx'
import classes from './mail.module.css'

/** The longest source shown on screen; the whole of it can be stored as a file. */
const MOST_SHOWN_BYTES = 200_000

interface RawMailProps {
  mail: MailMessage | null
  onClose: () => void
}

/** The source of a mail, byte for byte. */
export function RawMail({ mail, onClose }: RawMailProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={mail !== null}
      onClose={onClose}
      title={t('mail.source_title')}
      size={860}
      closeButtonProps={{ 'aria-label': t('form.close') }}
    >
      {mail && <Source id={mail.id} />}
    </Modal>
  )
}

function Source({ id }: { id: string }) {
  const { t } = useTranslation()
  const source = useQuery({
    queryKey: ['mail', 'source', id],
    queryFn: async () => {
      const file = await call(readRawMailMessage, { params: { id } })
      return { file, text: await file.slice(0, MOST_SHOWN_BYTES).text() }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (source.isError) return <ScreenFailure error={source.error} onRetry={() => source.refetch()} />
  if (!source.data) return <Skeleton height={240} />
  const { file, text } = source.data
  return (
    <div className={classes.source}>
      <DownloadButton content={file} filename={`${id}.eml`} label={t('mail.download')} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label={t('mail.source_title')} tabIndex={0} className={classes.raw}>
        <pre>{text}</pre>
      </section>
      {file.size > MOST_SHOWN_BYTES && <p className={classes.meta}>{t('mail.source_cut')}</p>}
    </div>
  )
}
