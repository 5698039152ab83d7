import { Button, Checkbox, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { QRCodeSVG } from 'qrcode.react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Enrolment, verifyTotp } from '../app/auth.ts'
import { describeError } from '../app/describe-error.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { DownloadButton } from '../ui/download-button.tsx'
import { FormError } from '../ui/form-error.tsx'
import { CodeField } from './code-field.tsx'
import classes from './gate.module.css'
import { Gate, useFirstField } from './gate.tsx'

interface EnrolmentStepsProps {
  enrolment: Enrolment
  onDone: () => Promise<void>
}

/** The second factor is set up in two steps: prove that the app works, then store the recovery codes. */
export function EnrolmentSteps({ enrolment, onDone }: EnrolmentStepsProps) {
  const [proved, setProved] = useState(false)
  if (proved) return <RecoveryCodes codes={enrolment.backupCodes} onDone={onDone} />
  return <ConnectApp uri={enrolment.totpURI} onProved={() => setProved(true)} />
}

function ConnectApp({ uri, onProved }: { uri: string; onProved: () => void }) {
  const { t } = useTranslation()
  const first = useFirstField<HTMLInputElement>()
  const [code, setCode] = useState('')
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const attempt = useMutation({
    mutationFn: () => verifyTotp(code),
    onSuccess: onProved,
    onError: () => first.current?.select(),
  })

  return (
    <Gate title={t('enrolment.title')} text={t('enrolment.text')}>
      <div className={classes.qr}>
        <div className={classes.qrImage}>
          <QRCodeSVG value={uri} size={172} title={t('enrolment.qr')} />
        </div>
        <div className={classes.secret}>
          <span>{t('enrolment.secret')}</span>
          <code className="mono" data-testid="totp-secret">
            {secret}
          </code>
        </div>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          attempt.mutate()
        }}
      >
        <Stack gap={14}>
          <FormError>{attempt.error && describeError(t, attempt.error)}</FormError>
          <CodeField ref={first} value={code} onChange={setCode} />
          <Button type="submit" loading={attempt.isPending} disabled={code.length < 6} fullWidth>
            {t('enrolment.submit')}
          </Button>
        </Stack>
      </form>
    </Gate>
  )
}

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => Promise<void> }) {
  const { t } = useTranslation()
  const [stored, setStored] = useState(false)
  const leave = useMutation({ mutationFn: onDone })
  const text = codes.join('\n')

  return (
    <Gate title={t('recovery_codes.title')} text={t('recovery_codes.text')}>
      <ul className={`${classes.codes} mono`} aria-label={t('recovery_codes.list')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.pair}>
        <CopyButton text={text} label={t('recovery_codes.copy')} done={t('recovery_codes.copied')} />
        <DownloadButton
          content={`${t('recovery_codes.file_heading')}\n\n${text}\n`}
          filename="tessera-recovery-codes.txt"
          label={t('recovery_codes.download')}
        />
      </div>
      <FormError>{leave.error && describeError(t, leave.error)}</FormError>
      <Checkbox
        label={t('recovery_codes.stored')}
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <Button disabled={!stored} loading={leave.isPending} onClick={() => leave.mutate()} fullWidth>
        {t('recovery_codes.submit')}
      </Button>
    </Gate>
  )
}
