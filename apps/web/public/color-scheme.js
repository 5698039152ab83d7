// Runs before the first paint, so that a dark screen never flashes light. A file of its own: the page allows no inline script.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('tessera.color_scheme')
  } catch {
    // Storage is blocked: the system's scheme decides.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
