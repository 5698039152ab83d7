import { IconMoodEmpty } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/empty-state.tsx'
import { Screen } from '../ui/screen.tsx'

/** For whom no screen is open yet. */
export function HomeScreen() {
  const { t } = useTranslation()
  return (
    <Screen title="Tessera">
      <EmptyState icon={IconMoodEmpty} title={t('home.title')} text={t('home.text')} />
    </Screen>
  )
}
