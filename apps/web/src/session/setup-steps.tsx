import { PasswordInput, Select, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFirstField } from './gate.tsx'
import { type SetupForm, SHORTEST_PASSWORD, timeZones } from './setup-form.ts'

const MOST_ZONES_SHOWN = 80

interface StepProps {
  form: SetupForm
}

export function CompanyStep({ form }: StepProps) {
  const { t } = useTranslation()
  const first = useFirstField<HTMLInputElement>()
  const zones = useMemo(() => timeZones(Intl.DateTimeFormat().resolvedOptions().timeZone), [])
  return (
    <>
      <TextInput
        {...form.getInputProps('company.name')}
        ref={first}
        label={t('setup.company_name')}
        autoComplete="organization"
      />
      <Select
        {...form.getInputProps('company.time_zone')}
        label={t('setup.time_zone')}
        description={t('setup.time_zone_hint')}
        data={zones}
        limit={MOST_ZONES_SHOWN}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('form.nothing_found')}
      />
    </>
  )
}

export function AdministratorStep({ form }: StepProps) {
  const { t } = useTranslation()
  const first = useFirstField<HTMLInputElement>()
  return (
    <>
      <TextInput
        {...form.getInputProps('administrator.full_name')}
        ref={first}
        label={t('setup.full_name')}
        autoComplete="name"
      />
      <TextInput
        {...form.getInputProps('administrator.email')}
        label={t('setup.email')}
        type="email"
        autoComplete="username"
      />
      <PasswordInput
        {...form.getInputProps('administrator.password')}
        label={t('setup.password')}
        description={t('setup.password_hint', { count: SHORTEST_PASSWORD })}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_characters') }}
      />
    </>
  )
}

export function InboxStep({ form }: StepProps) {
  const { t } = useTranslation()
  const first = useFirstField<HTMLInputElement>()
  return (
    <>
      <TextInput
        {...form.getInputProps('inbox.name')}
        ref={first}
        label={t('setup.inbox_name')}
        placeholder={t('setup.inbox_name_example')}
        autoComplete="off"
      />
      <TextInput
        {...form.getInputProps('inbox.address')}
        label={t('setup.inbox_address')}
        description={t('setup.inbox_address_hint')}
        placeholder="support@example.com"
        type="email"
        autoComplete="off"
      />
    </>
  )
}
