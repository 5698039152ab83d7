import { Button, Checkbox, Stack, TextInput, UnstyledButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { verifyRecoveryCode, verifyTotp } from '../app/auth.ts'
import { describeError } from '../app/describe-error.ts'
import { FormError } from '../ui/form-error.tsx'
import { CodeField } from './code-field.tsx'
import classes from './gate.module.css'
import { Gate, useFirstField } from './gate.tsx'

interface SecondFactorStepProps {
  onSignedIn: () => Promise<void>
  onStartOver: () => void
}

export function SecondFactorStep({ onSignedIn, onStartOver }: SecondFactorStepProps) {
  const [way, setWay] = useState<'totp' | 'recovery'>('totp')
  if (way === 'recovery') return <RecoveryForm onSignedIn={onSignedIn} onOther={() => setWay('totp')} />
  return <TotpForm onSignedIn={onSignedIn} onOther={() => setWay('recovery')} onStartOver={onStartOver} />
}

interface TotpFormProps extends SecondFactorStepProps {
  onOther: () => void
}

function TotpForm({ onSignedIn, onOther, onStartOver }: TotpFormProps) {
  const { t } = useTranslation()
  const first = useFirstField<HTMLInputElement>()
  const [code, setCode] = useState('')
  const [trusted, setTrusted] = useState(false)
  const attempt = useMutation({
    mutationFn: async () => {
      await verifyTotp(code, trusted)
      await onSignedIn()
    },
    onError: () => first.current?.select(),
  })

  return (
    <Gate title={t('second_factor.title')} text={t('second_factor.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          attempt.mutate()
        }}
      >
        <Stack gap={14}>
          <FormError>{attempt.error && describeError(t, attempt.error)}</FormError>
          <CodeField ref={first} value={code} onChange={setCode} />
          <Checkbox
            label={t('second_factor.trust')}
            checked={trusted}
            onChange={(event) => setTrusted(event.currentTarget.checked)}
          />
          <Button type="submit" loading={attempt.isPending} disabled={code.length < 6} fullWidth>
            {t('second_factor.submit')}
          </Button>
        </Stack>
      </form>
      <UnstyledButton className={classes.link} onClick={onOther}>
        {t('second_factor.use_recovery')}
      </UnstyledButton>
      <UnstyledButton className={classes.link} onClick={onStartOver}>
        {t('second_factor.start_over')}
      </UnstyledButton>
    </Gate>
  )
}

function RecoveryForm({ onSignedIn, onOther }: { onSignedIn: () => Promise<void>; onOther: () => void }) {
  const { t } = useTranslation()
  const first = useFirstField<HTMLInputElement>()
  const [code, setCode] = useState('')
  const attempt = useMutation({
    mutationFn: async () => {
      await verifyRecoveryCode(code.trim())
      await onSignedIn()
    },
    onError: () => first.current?.select(),
  })

  return (
    <Gate title={t('recovery.title')} text={t('recovery.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          attempt.mutate()
        }}
      >
        <Stack gap={14}>
          <FormError>{attempt.error && describeError(t, attempt.error)}</FormError>
          <TextInput
            ref={first}
            label={t('recovery.code')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: 'mono' }}
          />
          <Button type="submit" loading={attempt.isPending} disabled={!code.trim()} fullWidth>
            {t('recovery.submit')}
          </Button>
        </Stack>
      </form>
      <UnstyledButton className={classes.link} onClick={onOther}>
        {t('recovery.use_app')}
      </UnstyledButton>
    </Gate>
  )
}
