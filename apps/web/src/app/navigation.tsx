import { type Icon, IconHistory, IconInbox, IconMailCheck, IconSend } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Permission } from '@tessera/contract'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/queries.ts'
import classes from './shell.module.css'

interface Destination {
  to: '/tickets' | '/mail' | '/outbox' | '/audit'
  name: 'tickets' | 'mail' | 'outbox' | 'audit'
  icon: Icon
  permission: Permission
}

export const DESTINATIONS: readonly Destination[] = [
  { to: '/tickets', name: 'tickets', icon: IconInbox, permission: 'read_support_ticket' },
  { to: '/mail', name: 'mail', icon: IconMailCheck, permission: 'read_mail_ledger' },
  { to: '/outbox', name: 'outbox', icon: IconSend, permission: 'configure_system' },
  { to: '/audit', name: 'audit', icon: IconHistory, permission: 'read_audit_trail' },
]

export function Navigation() {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const open = DESTINATIONS.filter(({ permission }) => permissions.includes(permission))
  return (
    <nav aria-label={t('navigation.label')} className={classes.nav}>
      <ul>
        {open.map(({ to, name, icon: Glyph }) => (
          <li key={to}>
            <Link to={to} className={classes.link} activeProps={{ 'data-active': true }}>
              <Glyph size={17} stroke={1.7} aria-hidden />
              {t(`navigation.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
