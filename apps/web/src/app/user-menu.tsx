import { Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSelector, IconSun } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/queries.ts'
import { Person } from '../ui/person.tsx'
import { enableShortcuts, shortcutsEnabled } from '../ui/shortcuts.ts'
import { signOut } from './auth.ts'
import { ConnectionDot } from './connection.tsx'
import { changeLanguage, isLanguage, LANGUAGES } from './i18n.ts'
import classes from './shell.module.css'

const SCHEMES = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const

export function UserMenu() {
  const { t, i18n } = useTranslation()
  const { user } = useMe()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [shortcuts, setShortcuts] = useState(shortcutsEnabled)
  const leave = useSignOut()

  function toggleShortcuts() {
    enableShortcuts(!shortcuts)
    setShortcuts(!shortcuts)
  }

  return (
    <div className={classes.foot}>
      <ConnectionDot />
      <Menu position="top-start" width={232} closeOnItemClick={false}>
        <Menu.Target>
          <UnstyledButton className={classes.user}>
            <Person name={user.full_name} size="md" bare />
            <span className={classes.userName}>
              <span>{user.full_name}</span>
              <span className={classes.role}>{t(`role.${user.role}`)}</span>
            </span>
            <VisuallyHidden>{t('user_menu.label')}</VisuallyHidden>
            <IconSelector size={15} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{user.email}</Menu.Label>
          <Menu.Divider />
          <Menu.Label>{t('user_menu.theme')}</Menu.Label>
          {SCHEMES.map(({ value, icon: Glyph }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              checked={colorScheme === value}
              onChange={() => setColorScheme(value)}
              rightSection={<Glyph size={15} aria-hidden />}
            >
              {t(`user_menu.theme_${value}`)}
            </Menu.RadioItem>
          ))}
          <Menu.Divider />
          <Menu.Label>{t('user_menu.language')}</Menu.Label>
          {Object.entries(LANGUAGES).map(([language, name]) => (
            <Menu.RadioItem
              key={language}
              value={language}
              checked={i18n.language === language}
              onChange={() => isLanguage(language) && void changeLanguage(language)}
            >
              <span lang={language}>{name}</span>
            </Menu.RadioItem>
          ))}
          <Menu.Divider />
          <Menu.CheckboxItem checked={shortcuts} onChange={toggleShortcuts}>
            {t('user_menu.shortcuts')}
          </Menu.CheckboxItem>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={15} aria-hidden />} onClick={leave} closeMenuOnClick>
            {t('user_menu.sign_out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

/** Leaves nothing of the person behind on the screen or in memory. */
function useSignOut() {
  const router = useRouter()
  const cache = useQueryClient()
  return async () => {
    await signOut()
    await router.navigate({ to: '/sign-in' })
    cache.clear()
  }
}
