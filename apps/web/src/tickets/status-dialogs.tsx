import { Button, Group, Modal, NativeSelect, Stack, Textarea } from '@mantine/core'
import { RESOLUTION_TYPES, type ResolutionType } from '@tessera/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

const LONGEST_REASON = 500

interface StatusDialogProps<T> {
  opened: boolean
  busy: boolean
  onClose: () => void
  /** When it is off the screen: the menu that led here is gone, so somebody must take the focus. */
  onClosed: () => void
  onConfirm: (answer: T) => void
}

/** Resolving says how. */
export function ResolveDialog({ opened, busy, onClose, onClosed, onConfirm }: StatusDialogProps<ResolutionType>) {
  const { t } = useTranslation()
  const [resolution, setResolution] = useState<ResolutionType>('solved')

  function confirm(event: FormEvent) {
    event.preventDefault()
    onConfirm(resolution)
  }

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={onClosed}
      returnFocus={false}
      title={t('resolve.title')}
      closeButtonProps={{ 'aria-label': t('form.close') }}
    >
      <form onSubmit={confirm}>
        <Stack gap={16}>
          <NativeSelect
            data-autofocus
            label={t('resolve.resolution')}
            value={resolution}
            onChange={({ currentTarget }) =>
              setResolution(RESOLUTION_TYPES.find((one) => one === currentTarget.value) ?? 'solved')
            }
            data={RESOLUTION_TYPES.map((value) => ({ value, label: t(`ticket.resolution.${value}`) }))}
          />
          <DialogButtons busy={busy} onClose={onClose} confirm={t('resolve.submit')} />
        </Stack>
      </form>
    </Modal>
  )
}

/** Waiting needs a reason: it stops the clock. */
export function HoldDialog({ opened, busy, onClose, onClosed, onConfirm }: StatusDialogProps<string>) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)

  function confirm(event: FormEvent) {
    event.preventDefault()
    if (reason.trim()) onConfirm(reason.trim())
    else setMissing(true)
  }

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={onClosed}
      returnFocus={false}
      title={t('hold.title')}
      closeButtonProps={{ 'aria-label': t('form.close') }}
    >
      <form onSubmit={confirm}>
        <Stack gap={16}>
          <Textarea
            data-autofocus
            label={t('hold.reason')}
            description={t('hold.reason_hint')}
            rows={3}
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            error={missing && !reason.trim() && t('form.required')}
          />
          <DialogButtons busy={busy} onClose={onClose} confirm={t('hold.submit')} />
        </Stack>
      </form>
    </Modal>
  )
}

function DialogButtons({ busy, onClose, confirm }: { busy: boolean; onClose: () => void; confirm: string }) {
  const { t } = useTranslation()
  return (
    <Group justify="flex-end" gap={8}>
      <Button variant="default" onClick={onClose}>
        {t('form.cancel')}
      </Button>
      <Button type="submit" loading={busy}>
        {confirm}
      </Button>
    </Group>
  )
}
