import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signIn } from '../app/auth.ts'
import { describeError } from '../app/describe-error.ts'
import { FormError } from '../ui/form-error.tsx'
import { Gate, useFirstField } from './gate.tsx'

interface PasswordStepProps {
  title: string
  text: string | undefined
  onSecondFactor: () => void
  onSignedIn: (password: string) => Promise<void>
}

export function PasswordStep({ title, text, onSecondFactor, onSignedIn }: PasswordStepProps) {
  const { t } = useTranslation()
  const first = useFirstField<HTMLInputElement>()
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } })
  const attempt = useMutation({
    mutationFn: async ({ email, password }: { email: string; password: string }) => {
      const { second_factor } = await signIn(email.trim(), password)
      if (second_factor) onSecondFactor()
      else await onSignedIn(password)
    },
  })

  return (
    <Gate title={title} text={text}>
      <form onSubmit={form.onSubmit((values) => attempt.mutate(values))}>
        <Stack gap={14}>
          <FormError>{attempt.error && describeError(t, attempt.error)}</FormError>
          <TextInput
            {...form.getInputProps('email')}
            key={form.key('email')}
            ref={first}
            label={t('sign_in.email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
          />
          <PasswordInput
            {...form.getInputProps('password')}
            key={form.key('password')}
            label={t('sign_in.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_characters') }}
          />
          <Button type="submit" loading={attempt.isPending} fullWidth mt={4}>
            {t('sign_in.submit')}
          </Button>
        </Stack>
      </form>
    </Gate>
  )
}
