import { Button, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { completeSetup } from '@tessera/contract'
import { type ComponentType, type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../app/api.ts'
import { signIn } from '../app/auth.ts'
import { describeError, fieldErrors } from '../app/describe-error.ts'
import { FormError } from '../ui/form-error.tsx'
import { EnrolmentSteps } from './enrolment-steps.tsx'
import { useEntry } from './enter.ts'
import classes from './gate.module.css'
import { Gate } from './gate.tsx'
import { setupQuery } from './queries.ts'
import { emptySetup, SETUP_STEPS, type SetupForm, type SetupStep, setupProblems, stepOf } from './setup-form.ts'
import { AdministratorStep, CompanyStep, InboxStep } from './setup-steps.tsx'

const FIELDS: Record<SetupStep, ComponentType<{ form: SetupForm }>> = {
  company: CompanyStep,
  administrator: AdministratorStep,
  inbox: InboxStep,
}

/** The first run: company, administrator, inbox; then straight on to the administrator's second factor. */
export function SetupScreen() {
  const { t } = useTranslation()
  const setup = useQuery(setupQuery)
  const token = new URLSearchParams(useLocation({ select: ({ hash }) => hash })).get('token')
  const { step, enter } = useEntry('/')

  if (step.kind === 'enrolment') return <EnrolmentSteps enrolment={step.enrolment} onDone={enter} />
  if (setup.data && !setup.data.required) {
    return (
      <Gate title={t('setup.done_title')} text={t('setup.done_text')}>
        <Link to="/sign-in" className={classes.link}>
          {t('sign_in.title')}
        </Link>
      </Gate>
    )
  }
  if (!token) {
    return (
      <Gate title={t('setup.no_token_title')} text={t('setup.no_token_text')}>
        {null}
      </Gate>
    )
  }
  return <Wizard token={token} onSignedIn={enter} />
}

interface WizardProps {
  token: string
  onSignedIn: (password: string) => Promise<void>
}

function Wizard({ token, onSignedIn }: WizardProps) {
  const { t } = useTranslation()
  const [step, setStep] = useState<SetupStep>('company')
  const form = useForm({ initialValues: emptySetup() })
  const finish = useMutation({
    mutationFn: async () => {
      const { company, administrator, inbox } = form.getValues()
      await call(completeSetup, { body: { token, company, administrator, inbox } })
      await signIn(administrator.email, administrator.password)
      await onSignedIn(administrator.password)
    },
    onError: (error) => {
      const problems = fieldErrors(error)
      form.setErrors(problems)
      setStep(stepOf(Object.keys(problems)) ?? step)
    },
  })

  const position = SETUP_STEPS.indexOf(step)
  const previous = SETUP_STEPS[position - 1]
  const following = SETUP_STEPS[position + 1]
  const Fields = FIELDS[step]

  function advance(event: FormEvent) {
    event.preventDefault()
    const problems = setupProblems(t, form.getValues(), step)
    form.setErrors(problems)
    if (Object.keys(problems).length > 0) return
    if (following) setStep(following)
    else finish.mutate()
  }

  return (
    <Gate
      key={step}
      step={t('setup.step', { position: position + 1, total: SETUP_STEPS.length })}
      title={t(`setup.${step}.title`)}
      text={t(`setup.${step}.text`)}
    >
      <form onSubmit={advance} noValidate>
        <Stack gap={14}>
          <FormError>{finish.error && describeError(t, finish.error)}</FormError>
          <Fields form={form} />
          <div className={classes.row}>
            {previous && (
              <Button variant="default" onClick={() => setStep(previous)}>
                {t('setup.back')}
              </Button>
            )}
            <Button type="submit" loading={finish.isPending}>
              {following ? t('setup.next') : t('setup.finish')}
            </Button>
          </div>
        </Stack>
      </form>
    </Gate>
  )
}
