import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './screen.module.css'

interface PagerProps {
  page: number
  page_size: number
  total_count: number
  total_pages: number
  onPage: (page: number) => void
}

/** Nothing where everything fits on one page. */
export function Pager({ page, page_size, total_count, total_pages, onPage }: PagerProps) {
  const { t } = useTranslation()
  if (total_pages <= 1 && page === 1) return null
  const first = (page - 1) * page_size + 1
  return (
    <nav className={classes.pager} aria-label={t('pager.label')}>
      <span>{t('pager.range', { first, last: Math.min(total_count, page * page_size), total: total_count })}</span>
      <ActionIcon
        variant="default"
        aria-label={t('pager.previous')}
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('pager.next')}
        disabled={page >= total_pages}
        onClick={() => onPage(page + 1)}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </nav>
  )
}
