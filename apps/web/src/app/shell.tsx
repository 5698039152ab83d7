import { ActionIcon, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconMenu2 } from '@tabler/icons-react'
import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/queries.ts'
import { Logo } from '../ui/logo.tsx'
import { ConnectionBanner } from './connection.tsx'
import { Navigation } from './navigation.tsx'
import classes from './shell.module.css'
import { useLive } from './use-live.ts'
import { UserMenu } from './user-menu.tsx'

/** The desk: navigation at the side, the screen beside it, the connection at work. */
export function Shell() {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  useLive()
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('shell.skip')}
      </a>
      {narrow ? (
        <TopBar />
      ) : (
        <header className={classes.side}>
          <SideContent />
        </header>
      )}
      <main id="content" tabIndex={-1} className={classes.content}>
        <ConnectionBanner />
        <div className={classes.screen}>
          <Outlet />
        </div>
      </main>
    </div>
  )
}

function TopBar() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const here = useLocation({ select: ({ pathname }) => pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address closes the menu
  useEffect(() => setOpen(false), [here])
  return (
    <header className={classes.top}>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('shell.menu')} onClick={() => setOpen(true)}>
        <IconMenu2 size={20} aria-hidden />
      </ActionIcon>
      <Logo size={20} />
      <span className={classes.name}>Tessera</span>
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        size={272}
        title={t('shell.menu')}
        closeButtonProps={{ 'aria-label': t('form.close') }}
        classNames={{ body: classes.drawer }}
      >
        <SideContent />
      </Drawer>
    </header>
  )
}

function SideContent() {
  const { company } = useMe()
  return (
    <>
      <p className={classes.brand}>
        <Logo />
        <span className={classes.company}>{company.name}</span>
      </p>
      <Navigation />
      <UserMenu />
    </>
  )
}
