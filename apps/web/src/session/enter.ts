import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { beginEnrolment, type Enrolment } from '../app/auth.ts'
import { isApiError } from '../app/http.ts'
import { bearerToken, forgetToken } from '../app/token.ts'
import { insideOnly } from './inside-only.ts'

/** Where one stands between a right password and the desk. */
export type EntryStep = { kind: 'password' } | { kind: 'second_factor' } | { kind: 'enrolment'; enrolment: Enrolment }

/** The way into the desk, shared by sign-in, set-up and the enrolment of a second factor. */
export function useEntry(next: string | undefined) {
  const router = useRouter()
  const cache = useQueryClient()
  const [step, setStep] = useState<EntryStep>({ kind: 'password' })

  /** Opens the desk, or, for whom it is still closed, the enrolment of a second factor. */
  async function enter(password?: string): Promise<void> {
    forgetToken()
    try {
      await bearerToken()
    } catch (error) {
      if (password === undefined || !isApiError(error, 'mfa_enrolment_required')) throw error
      setStep({ kind: 'enrolment', enrolment: await beginEnrolment(password) })
      return
    }
    cache.clear()
    await router.invalidate()
    router.history.push(insideOnly(next, location.origin))
  }

  return { step, setStep, enter }
}
