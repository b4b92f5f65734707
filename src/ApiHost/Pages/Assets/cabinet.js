// The pages work without this. It tells the server the reader's zone, and what is so while there is no connection.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && /^[A-Za-z0-9_+\-/]{1,64}$/.test(zone)) {
  document.cookie = `stk-zone=${zone}; path=/; max-age=31536000; samesite=lax`;
}

const offline = document.querySelector('[data-testid="offline"]');
const show = () => {
  offline.hidden = navigator.onLine;
  for (const button of document.querySelectorAll('[data-writes]')) {
    button.disabled = !navigator.onLine;
  }
};
addEventListener('online', show);
addEventListener('offline', show);
// Also when a page comes back from the browser's own memory.
addEventListener('pageshow', show);

// A form is sent once, however often it is pressed; Back brings it back to life.
addEventListener('submit', (event) => {
  if (event.target.method !== 'post') return;
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  event.target.dataset.sent = 'true';
});
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent;
});
