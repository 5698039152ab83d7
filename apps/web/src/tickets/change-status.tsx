import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { Ticket, TicketStatus } from '@tessera/contract'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusTag } from './faces.tsx'
import { HoldDialog, ResolveDialog } from './status-dialogs.tsx'
import classes from './ticket.module.css'
import { useTicketUpdate } from './use-ticket-change.ts'

/** The status, and of the others only those the ticket may move to now. */
export function ChangeStatus({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<TicketStatus | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const update = useTicketUpdate(ticket)
  const { update: may_update, transitions } = ticket.abilities

  if (!may_update || transitions.length === 0) return <StatusTag status={ticket.status} />

  function choose(status: TicketStatus) {
    if (status === 'resolved' || status === 'on_hold') setAsking(status)
    else update.mutate({ status })
  }
  const close = () => setAsking(null)
  const giveFocusBack = () => button.current?.focus()

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <UnstyledButton
            ref={button}
            className={classes.statusButton}
            disabled={update.isPending}
            aria-label={`${t('ticket.fields.status')}: ${t(`ticket.status.${ticket.status}`)}`}
          >
            <StatusTag status={ticket.status} />
            <IconChevronDown size={15} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('ticket.move_to')}</Menu.Label>
          {transitions.map((status) => (
            <Menu.Item key={status} onClick={() => choose(status)}>
              <StatusTag status={status} quiet />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ResolveDialog
        opened={asking === 'resolved'}
        onClose={close}
        onClosed={giveFocusBack}
        onConfirm={(resolution_type) => update.mutate({ status: 'resolved', resolution_type }, { onSettled: close })}
        busy={update.isPending}
      />
      <HoldDialog
        opened={asking === 'on_hold'}
        onClose={close}
        onClosed={giveFocusBack}
        onConfirm={(on_hold_reason) => update.mutate({ status: 'on_hold', on_hold_reason }, { onSettled: close })}
        busy={update.isPending}
      />
    </>
  )
}
