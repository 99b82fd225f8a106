/// Looks and behaviour of the page; no part of it comes from elsewhere.
enum Style {
  static let css = """
    :root{--bg:#fff;--fg:#1d2129;--dim:#68707d;--line:#e3e6ea;--card:#f7f8fa;--good:#18794e;
    --bad:#c62a2f;--warn:#ad5700;--blue:#0b68cb;--grid:#eceef1;
    --r0:#5b8ff0;--r1:#f0a35b;--r2:#8bc07a;--r3:#b98be0;--r4:#e088a8;--r5:#7ac0c0}
    @media(prefers-color-scheme:dark){:root{--bg:#14171c;--fg:#e6e9ee;--dim:#98a1ae;--line:#2b313a;
    --card:#1b1f26;--good:#4cc38a;--bad:#ff6369;--warn:#ffa057;--blue:#70b8ff;--grid:#242a32;
    --r0:#4677d6;--r1:#c97f3a;--r2:#659a55;--r3:#9668bf;--r4:#b96283;--r5:#549a9a}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--fg);
    font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
    main{max-width:1060px;margin:0 auto;padding:28px 20px 80px}
    h1{font-size:24px;margin:0 0 2px}h2{font-size:19px;margin:52px 0 2px;scroll-margin-top:12px}
    h3{font-size:13px;margin:18px 0 6px;color:var(--dim);font-weight:600}
    p{margin:4px 0 12px}.dim{color:var(--dim)}
    a{color:var(--blue);text-decoration:none}a:hover{text-decoration:underline}
    table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
    th{font-size:12px;color:var(--dim);font-weight:600;text-align:left;white-space:nowrap}
    th button{all:unset;cursor:pointer}th button:focus-visible{outline:2px solid var(--blue)}
    td,th{padding:6px 10px;border-bottom:1px solid var(--line);vertical-align:top}
    .n{text-align:right;white-space:nowrap}
    .passed,.met,.right{color:var(--good)}.failed,.broken,.missed,.falseAlarm{color:var(--bad)}
    .inconclusive{color:var(--warn)}
    .badge{display:inline-block;font-size:12px;font-weight:600;border:1px solid currentColor;
    border-radius:10px;padding:0 9px;margin-left:8px;vertical-align:3px}
    .wide{overflow-x:auto}
    svg{display:block;width:100%;height:auto;background:var(--card);border:1px solid var(--line);
    border-radius:8px}
    svg text{fill:var(--dim);font:11px system-ui,sans-serif}
    .t-at{white-space:nowrap;color:var(--dim);width:84px}
    .t-topic{width:92px;font-weight:600}
    .topic-fault,.topic-failure{color:var(--bad)}.topic-decision{color:var(--blue)}
    .topic-condition{color:var(--warn)}
    .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:0 32px}
    .legend{display:flex;flex-wrap:wrap;gap:2px 16px;font-size:12px;color:var(--dim);margin:6px 2px}
    .legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:5px}
    details{margin:10px 0}summary{cursor:pointer;color:var(--blue)}
    code{font:13px ui-monospace,Menlo,Consolas,monospace}
    """

  /// Sorts a table by the column whose heading is pressed.
  static let script = """
    document.querySelectorAll('table[data-sort] th button').forEach(function(b){
    b.addEventListener('click',function(){
    var th=b.parentNode,i=Array.prototype.indexOf.call(th.parentNode.children,th);
    var body=th.closest('table').tBodies[0],up=th.getAttribute('aria-sort')!=='ascending';
    th.parentNode.querySelectorAll('th').forEach(function(o){o.removeAttribute('aria-sort')});
    th.setAttribute('aria-sort',up?'ascending':'descending');
    function key(r){var c=r.children[i],v=c.getAttribute('data-v');return v===null?c.textContent:+v}
    Array.from(body.rows).sort(function(a,c){var x=key(a),y=key(c);
    return (x<y?-1:x>y?1:0)*(up?1:-1)}).forEach(function(r){body.appendChild(r)})})})
    """
}
