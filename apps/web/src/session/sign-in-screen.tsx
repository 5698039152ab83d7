import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EnrolmentSteps } from './enrolment-steps.tsx'
import { useEntry } from './enter.ts'
import { PasswordStep } from './password-step.tsx'
import { SecondFactorStep } from './second-factor-step.tsx'

const route = getRouteApi('/sign-in')

/** Password, then the second factor, or its enrolment at the first sign-in. */
export function SignInScreen() {
  const { t } = useTranslation()
  const { next, reason } = route.useSearch()
  const { step, setStep, enter } = useEntry(next)

  switch (step.kind) {
    case 'password':
      return (
        <PasswordStep
          title={t('sign_in.title')}
          text={reason && t(`sign_in.reason.${reason}`)}
          onSecondFactor={() => setStep({ kind: 'second_factor' })}
          onSignedIn={enter}
        />
      )
    case 'second_factor':
      return <SecondFactorStep onSignedIn={enter} onStartOver={() => setStep({ kind: 'password' })} />
    case 'enrolment':
      return <EnrolmentSteps enrolment={step.enrolment} onDone={enter} />
  }
}
