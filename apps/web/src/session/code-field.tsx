import { TextInput } from '@mantine/core'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'

interface CodeFieldProps {
  ref: Ref<HTMLInputElement>
  value: string
  onChange: (code: string) => void
}

/** Six digits; blanks that an app shows between them may be pasted along. */
export function CodeField({ ref, value, onChange }: CodeFieldProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      ref={ref}
      label={t('second_factor.code')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))}
      inputMode="numeric"
      autoComplete="one-time-code"
      classNames={{ input: 'mono' }}
    />
  )
}
