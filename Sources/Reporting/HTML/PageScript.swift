/// What the page does: sorts tables by their headings, shows values under the pointer.
enum PageScript {
  static let javaScript = """
    'use strict';
    for (const button of document.querySelectorAll('table[data-sort] th button')) {
      button.addEventListener('click', () => {
        const head = button.parentNode, row = head.parentNode;
        const index = [...row.children].indexOf(head);
        const up = head.getAttribute('aria-sort') !== 'ascending';
        for (const other of row.children) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const key = line => {
          const cell = line.children[index];
          return cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v);
        };
        const body = row.closest('table').tBodies[0];
        [...body.rows]
          .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (up ? 1 : -1))
          .forEach(line => body.appendChild(line));
      });
    }
    const clock = seconds => {
      const whole = Math.floor(seconds), two = n => String(n).padStart(2, '0');
      const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
      return (hours ? hours + ':' + two(minutes) : minutes) + ':' + two(whole % 60);
    };
    const figure = (value, kind) => {
      if (kind === 0) return value.toLocaleString('en');
      if (kind === 2) return value < 0 ? 'no data' : '' + Number((value / 1e6).toPrecision(4));
      if (value < 0) return 'no request';
      return value < 1e3 ? value + ' µs' : value < 1e6 ? (value / 1e3).toFixed(1) + ' ms'
        : (value / 1e6).toFixed(2) + ' s';
    };
    for (const picture of document.querySelectorAll('figure[data-picture]')) {
      const data = JSON.parse(picture.dataset.picture);
      const svg = picture.querySelector('svg'), tip = picture.querySelector('.tip');
      const cross = svg.querySelector('.cross'), [left, right] = data.x;
      const hide = () => { tip.hidden = true; cross.removeAttribute('transform'); };
      svg.addEventListener('pointerleave', hide);
      svg.addEventListener('pointermove', event => {
        const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
        const x = (event.clientX - box.left) * scale;
        if (x < left || x > right) return hide();
        const at = (x - left) / (right - left) * data.end;
        cross.setAttribute('transform', 'translate(' + (x + 9) + ')');
        tip.replaceChildren();
        const title = document.createElement('b');
        title.textContent = '+' + clock(at);
        tip.append(title);
        for (const series of data.series) {
          const value = series.v[Math.floor((at - series.s) / series.i)];
          if (value === undefined) continue;
          const line = document.createElement('div');
          line.textContent = series.n + ': ' + figure(value, series.l);
          tip.append(line);
        }
        tip.hidden = false;
        const place = (event.clientX - box.left) + 16;
        tip.style.left = (place + tip.offsetWidth > box.width
          ? place - tip.offsetWidth - 32 : place) + 'px';
        tip.style.top = Math.max(0, event.clientY - box.top - 20) + 'px';
      });
    }
    """
}
