import { IconAlertCircle } from '@tabler/icons-react'
import classes from './form-error.module.css'

/** Why the form was refused, said aloud as it appears. */
export function FormError({ children }: { children: string | null }) {
  if (!children) return null
  return (
    <p role="alert" className={classes.error}>
      <IconAlertCircle size={16} aria-hidden />
      <span>{children}</span>
    </p>
  )
}
