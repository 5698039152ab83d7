import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const SERVER = 'http://localhost:3000'

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: { '/api': SERVER, '/ws': { target: SERVER, ws: true } },
  },
  build: { outDir: 'dist', target: 'es2023', modulePreload: { polyfill: false } },
})
