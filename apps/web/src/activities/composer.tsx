import { Button, Kbd, UnstyledButton } from '@mantine/core'
import { IconArrowBackUp, IconLock } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createActivity, type Ticket } from '@tessera/contract'
import { type KeyboardEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../app/api.ts'
import { describeError } from '../app/describe-error.ts'
import { newKey } from '../app/idempotency.ts'
import { useMe } from '../session/queries.ts'
import { addActivity, ticketKeys } from '../tickets/queries.ts'
import { FormError } from '../ui/form-error.tsx'
import { announce } from '../ui/live-region.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import classes from './composer.module.css'
import { type ComposerMode, useDraft } from './draft.ts'

const ACTIVITY_TYPE = { reply: 'email', note: 'note' } as const

interface Message {
  mode: ComposerMode
  text: string
}

/** Where a reply to the customer or an internal note is written. What is typed survives until it is sent. */
export function Composer({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { user } = useMe()
  const { draft, change } = useDraft(user.id, ticket.id)
  const field = useRef<HTMLTextAreaElement>(null)
  const send = useSend(ticket.id, (mode) => change({ [mode]: '' }))

  const { reply: may_reply, add_note: may_note } = ticket.abilities
  const mode = allowedMode(draft.mode, may_reply, may_note)
  const text = draft[mode]
  const label = t(`composer.${mode}`)

  function write(next: ComposerMode) {
    change({ mode: next })
    field.current?.focus()
  }
  useShortcuts({ ...(may_reply && { r: () => write('reply') }), ...(may_note && { n: () => write('note') }) })

  function submit() {
    if (text.trim() && !send.isPending) send.mutate({ mode, text })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }

  if (!may_reply && !may_note) return <p className={classes.closed}>{t('composer.not_allowed')}</p>

  return (
    <form
      className={classes.composer}
      data-mode={mode}
      aria-label={t('composer.label')}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className={classes.head}>
        {may_reply && <ModeButton mode="reply" current={mode} onChoose={write} />}
        {may_note && <ModeButton mode="note" current={mode} onChoose={write} />}
        <span className={classes.hint}>{mode === 'note' ? t('composer.note_hint') : recipientHint(ticket, t)}</span>
      </div>
      <FormError>{send.error && describeError(t, send.error)}</FormError>
      <textarea
        ref={field}
        className={classes.field}
        aria-label={label}
        placeholder={t(`composer.${mode}_placeholder`)}
        rows={3}
        readOnly={send.isPending}
        value={text}
        onChange={(event) => change({ mode, [mode]: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <div className={classes.foot}>
        <span className={classes.keys}>
          <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">{t('composer.enter_key')}</Kbd>
        </span>
        <Button type="submit" size="sm" loading={send.isPending} disabled={!text.trim()} className={classes.send}>
          {t(`composer.${mode}_submit`)}
        </Button>
      </div>
    </form>
  )
}

const MODE_ICON = { reply: IconArrowBackUp, note: IconLock }

interface ModeButtonProps {
  mode: ComposerMode
  current: ComposerMode
  onChoose: (mode: ComposerMode) => void
}

function ModeButton({ mode, current, onChoose }: ModeButtonProps) {
  const { t } = useTranslation()
  const Glyph = MODE_ICON[mode]
  return (
    <UnstyledButton
      className={classes.mode}
      aria-pressed={mode === current}
      // The text keeps the focus: losing it would make it smaller, and the button would move away from the finger.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(mode)}
    >
      <Glyph size={15} aria-hidden />
      {t(`composer.${mode}`)}
    </UnstyledButton>
  )
}

/** Sends a message; sending the very same again after a lost answer is the same message to the server. */
function useSend(ticket_id: string, onSent: (mode: ComposerMode) => void) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const attempt = useRef({ content: '', key: '' })

  return useMutation({
    mutationFn: ({ mode, text }: Message) => {
      const content = `${mode}:${text}`
      if (attempt.current.content !== content) attempt.current = { content, key: newKey() }
      return call(createActivity, {
        body: { ticket_id, activity_type: ACTIVITY_TYPE[mode], activity_description: text },
        idempotency_key: attempt.current.key,
      })
    },
    onSuccess: (activity, { mode }) => {
      attempt.current = { content: '', key: '' }
      onSent(mode)
      addActivity(cache, activity)
      announce(t(`composer.${mode}_done`))
      return cache.invalidateQueries({ queryKey: ticketKeys.detail(ticket_id) })
    },
  })
}

function allowedMode(wish: ComposerMode, may_reply: boolean, may_note: boolean): ComposerMode {
  if (wish === 'reply') return may_reply ? 'reply' : 'note'
  return may_note ? 'note' : 'reply'
}

function recipientHint({ contact, customer }: Ticket, t: ReturnType<typeof useTranslation>['t']): string {
  const address = contact?.email
  return address ? t('composer.to', { address }) : t('composer.to', { address: customer.name })
}
