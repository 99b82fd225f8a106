/// The looks of the page; no part of it comes from elsewhere.
enum PageStyle {
  /// Colours, text, tables.
  static let css = """
    :root{color-scheme:light dark;--bg:#fbfcfd;--card:#fff;--fg:#1b2430;--dim:#5b6776;
    --line:#e2e6eb;--grid:#edf0f3;--good:#12734a;--goodbg:#e3f5ec;--bad:#c0262d;--badbg:#fdeaea;
    --warn:#8a5300;--warnbg:#fdf1dc;--link:#0b5cad;
    --c0:#7c9cc4;--c1:#e58e2f;--c2:#4ba37c;--c3:#a276c9;--c4:#cf6a8f;--c5:#3ea2b0;--c6:#a58b50;
    --c7:#7d8590;--req:#4a7fb5;--err:#d9363e;--lat:#7b4fb0;--fault:#d14a9b;--change:#0b5cad;
    --decision:#0f766e;--cond:#3f4a58;--scaling:#5b6776;--pod:#5b6776}
    @media(prefers-color-scheme:dark){:root{--bg:#11151a;--card:#181d24;--fg:#e4e9f0;--dim:#9aa6b5;
    --line:#2b323c;--grid:#232a33;--good:#5fd39c;--goodbg:#12301f;--bad:#ff7b80;--badbg:#3a1719;
    --warn:#f0b357;--warnbg:#35270d;--link:#7fb8f5;
    --c0:#5d80ad;--c1:#cf7f2a;--c2:#3f8f6c;--c3:#8e66b3;--c4:#b95c7e;--c5:#348d99;--c6:#8f7947;
    --c7:#6b7380;--req:#6fa3d8;--err:#ff5d64;--lat:#b794e6;--fault:#ee7abf;--change:#5ea3ee;
    --decision:#43c3b5;--cond:#8f9cab;--scaling:#8f9cab;--pod:#8f9cab}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--fg);
    font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
    header,main{max-width:1120px;margin:0 auto;padding:0 20px}
    header{padding-top:28px}main{padding-bottom:80px}
    h1{font-size:24px;margin:0;letter-spacing:-.01em}
    h2{font-size:19px;margin:0 0 4px;scroll-margin-top:12px;overflow-wrap:anywhere}
    h3{font-size:13px;margin:20px 0 4px;color:var(--dim);font-weight:600}
    p{margin:4px 0}.dim{color:var(--dim)}b{font-weight:600}
    a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
    code{font:13px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;
    overflow-wrap:anywhere}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;
    margin:18px 0 0}
    .tiles div{background:var(--card);border:1px solid var(--line);border-radius:10px;
    padding:10px 14px}
    dt{font-size:12px;color:var(--dim)}
    dd{margin:0;font-size:21px;font-weight:600;font-variant-numeric:tabular-nums}
    dd.passed{color:var(--good)}dd.failed{color:var(--bad)}
    section{background:var(--card);border:1px solid var(--line);border-radius:12px;
    padding:18px 20px;margin:22px 0 0}
    .wide{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
    th{font-weight:600;text-align:left}
    thead th{font-size:12px;color:var(--dim);white-space:nowrap;vertical-align:bottom}
    td,th{padding:6px 12px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
    tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}
    .n,[data-sort] td,[data-sort] th{white-space:nowrap}.n{text-align:right}
    th button{all:unset;cursor:pointer}
    th button:hover{color:var(--fg)}
    th button::after{content:"";display:inline-block;width:1em;text-align:center}
    th[aria-sort=ascending] button::after{content:"↑"}
    th[aria-sort=descending] button::after{content:"↓"}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
    .chip{display:inline-block;font-size:12px;font-weight:600;border-radius:9px;padding:0 8px;
    white-space:nowrap;vertical-align:1px;background:var(--grid);color:var(--dim)}
    .passed.chip,.met.chip,.right.chip{background:var(--goodbg);color:var(--good)}
    .failed.chip,.broken.chip,.missed.chip,.falseAlarm.chip{background:var(--badbg);
    color:var(--bad)}
    .inconclusive.chip{background:var(--warnbg);color:var(--warn)}
    td.broken{color:var(--bad)}
    .bar{display:block;position:relative;height:4px;width:76px;margin:3px 0 0 auto;
    border-radius:2px;background:var(--grid)}
    .bar i{position:absolute;top:0;left:0;height:4px;border-radius:2px;background:var(--req);
    opacity:.45}
    .lead{display:flex;flex-wrap:wrap;gap:2px 0;margin:10px 0 6px}
    .lead>span:not(:last-child)::after{content:"·";margin:0 8px;color:var(--dim)}
    .lead .chip{margin-right:0}
    .grid{display:grid;grid-template-columns:3fr 2fr;gap:0 36px}
    @media(max-width:800px){.grid{grid-template-columns:1fr}section{padding:14px}}
    details{margin:14px 0 0}summary{cursor:pointer;color:var(--link);font-weight:500}
    .story td{padding-top:3px;padding-bottom:3px}
    .tag{font-size:12px;font-weight:600}
    @media print{section{break-inside:avoid;border:0}details{display:none}}
    """

  /// The pictures, their legends and marks.
  static let pictures = """
    figure{margin:8px 0 0}
    .pic{position:relative;min-width:760px}
    .pic svg{display:block;width:100%;height:auto}
    svg text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;
    fill:var(--dim);font-variant-numeric:tabular-nums}
    svg .pt{font-weight:600;font-size:12px;fill:var(--fg);paint-order:stroke;stroke:var(--card);
    stroke-width:5px;stroke-linejoin:round}
    .ax{stroke:var(--dim);stroke-width:1}.gr{stroke:var(--grid);stroke-width:1}
    .pod{fill-opacity:.85;stroke:var(--card);stroke-width:.6}
    .req{fill:var(--req);fill-opacity:.16}.err{fill:var(--err)}
    .ln{fill:none;stroke-width:1.3;stroke-linejoin:round;stroke-linecap:round}
    .f0{fill:var(--c0)}.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}
    .f4{fill:var(--c4)}.f5{fill:var(--c5)}.f6{fill:var(--c6)}.f7{fill:var(--c7)}
    .s0{stroke:var(--req)}.s1{stroke:var(--c1)}.s2{stroke:var(--c2)}.s3{stroke:var(--c3)}
    .s4{stroke:var(--c4)}.s5{stroke:var(--c5)}.s6{stroke:var(--c6)}.s7{stroke:var(--c7)}
    .lat{stroke:var(--lat)}
    .fault{fill:var(--fault);fill-opacity:.1}
    .mk{color:var(--cond)}.mk circle{fill:currentColor;stroke:var(--card);stroke-width:1.5}
    .ml{stroke:currentColor;stroke-width:1;stroke-dasharray:3 3;stroke-opacity:.75}
    svg .mn{fill:var(--card);font-weight:700;font-size:10.5px}
    .g-change{color:var(--change)}.g-fault{color:var(--fault)}.g-decision{color:var(--decision)}
    .g-condition{color:var(--cond)}.g-scaling{color:var(--scaling)}.g-failure{color:var(--bad)}
    .g-pod,.g-conflict{color:var(--pod)}
    .cross{stroke:var(--fg);stroke-width:1;stroke-opacity:.5}
    .tip{position:absolute;top:0;left:0;pointer-events:none;background:var(--card);color:var(--fg);
    border:1px solid var(--line);border-radius:8px;padding:6px 10px;font-size:12px;line-height:1.45;
    box-shadow:0 4px 16px rgba(0,0,0,.16);white-space:nowrap;font-variant-numeric:tabular-nums}
    .tip b{display:block}
    .legend,.marks{list-style:none;margin:8px 0 0;padding:0;font-size:13px}
    .legend{display:flex;flex-wrap:wrap;gap:2px 18px;color:var(--dim)}
    .legend i{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:6px;
    vertical-align:-1px;background:var(--c0)}
    .legend .k1{background:var(--c1)}.legend .k2{background:var(--c2)}
    .legend .k3{background:var(--c3)}.legend .k4{background:var(--c4)}
    .legend .k5{background:var(--c5)}.legend .k6{background:var(--c6)}
    .legend .k7{background:var(--c7)}.legend .kreq{background:var(--req)}
    .legend .kerr{background:var(--err)}.legend .klat{background:var(--lat);height:3px;
    vertical-align:3px}
    .legend .kfault{background:var(--fault);opacity:.3}
    .marks li{display:grid;grid-template-columns:20px 58px 1fr;gap:0 8px;margin:3px 0;
    align-items:baseline}
    .marks b{display:inline-block;width:18px;height:18px;border-radius:9px;text-align:center;
    font-size:11px;line-height:18px;background:currentColor}
    .marks b{-webkit-text-fill-color:var(--card)}
    .marks .at{color:var(--dim);text-align:right;font-variant-numeric:tabular-nums}
    .spark{width:180px;height:28px;display:block}
    """

  /// Findings with their patches.
  static let findings = """
    .finding{border-top:1px solid var(--line);margin:16px 0 0;padding:2px 0 0}
    .finding h3{font-size:15px;color:var(--fg);margin:12px 0 4px}
    .error.chip{background:var(--badbg);color:var(--bad)}
    .warning.chip{background:var(--warnbg);color:var(--warn)}
    pre{background:var(--bg);border:1px solid var(--line);border-radius:8px;padding:10px 14px;
    margin:6px 0;overflow-x:auto}
    """
}
