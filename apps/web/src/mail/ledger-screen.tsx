import { UnstyledButton } from '@mantine/core'
import { IconMailCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { MAIL_STATES, type MailMessage } from '@tessera/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ScreenFailure } from '../app/failure.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { FilterChip } from '../ui/filter-chip.tsx'
import { Pager } from '../ui/pager.tsx'
import { Screen } from '../ui/screen.tsx'
import { Tag } from '../ui/tag.tsx'
import { Time } from '../ui/time.tsx'
import classes from './mail.module.css'
import { MAIL_FACES } from './mail-faces.ts'
import { ledgerQuery } from './queries.ts'
import { RawMail } from './raw-mail.tsx'

const route = getRouteApi('/_shell/mail')

/** Every mail that came in, and what became of it. */
export function LedgerScreen() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const mails = useQuery(ledgerQuery(search))
  const [source, setSource] = useState<MailMessage | null>(null)
  const total = mails.data?.pagination.total_count

  return (
    <Screen
      title={t('navigation.mail')}
      count={total === undefined ? undefined : t('mail.count', { count: total })}
      tools={
        <FilterBar>
          <FilterChip
            label={t('mail.state_label')}
            options={MAIL_STATES.map((value) => ({ value, label: t(`mail.state.${value}`) }))}
            chosen={search.state ?? []}
            onChange={(state) => navigate({ search: state.length > 0 ? { state } : {} })}
          />
        </FilterBar>
      }
    >
      {mails.isError && <ScreenFailure error={mails.error} onRetry={() => mails.refetch()} />}
      {mails.data?.results.length === 0 && (
        <EmptyState icon={IconMailCheck} title={t('mail.none_title')} text={t('mail.none_text')} />
      )}
      {mails.data && mails.data.results.length > 0 && (
        <>
          <ul className={classes.list} aria-label={t('navigation.mail')}>
            {mails.data.results.map((mail) => (
              <LedgerEntry key={mail.id} mail={mail} onOpenSource={() => setSource(mail)} />
            ))}
          </ul>
          <Pager {...mails.data.pagination} onPage={(page) => navigate({ search: { ...search, page } })} />
        </>
      )}
      <RawMail mail={source} onClose={() => setSource(null)} />
    </Screen>
  )
}

function LedgerEntry({ mail, onOpenSource }: { mail: MailMessage; onOpenSource: () => void }) {
  const { t } = useTranslation()
  const sender = mail.from_name ?? mail.from_email ?? mail.envelope_from
  return (
    <li className={classes.entry}>
      <div className={classes.entryHead}>
        <Tag {...MAIL_FACES[mail.state]}>{t(`mail.state.${mail.state}`)}</Tag>
        <span className={classes.subject}>{mail.subject || t('mail.no_subject')}</span>
        <span className={classes.when}>
          <Time instant={mail.received_at} />
        </span>
      </div>
      <div className={classes.entryBody}>
        <div className={classes.words}>
          <p className={classes.meta}>
            {t('mail.from_to', { sender: sender || '<>', inbox: mail.inbox.name })}
            {mail.classification &&
              mail.classification !== 'person' &&
              ` · ${t(`mail.classification.${mail.classification}`)}`}
          </p>
          {mail.reason && <p className={classes.reason}>{mail.reason}</p>}
        </div>
        <div className={classes.actions}>
          {mail.ticket_id && (
            <Link to="/tickets/$id" params={{ id: mail.ticket_id }}>
              {t('mail.open_ticket')}
            </Link>
          )}
          <UnstyledButton className={classes.action} onClick={onOpenSource}>
            {t('mail.show_source')}
          </UnstyledButton>
        </div>
      </div>
    </li>
  )
}
