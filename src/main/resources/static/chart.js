// Charts: canvas[data-chart], Chart.js data in the colours of the theme. Besides what Chart.js knows:
// "money": true (values are cents), "stacked": true, and per dataset "meaning" (good, attention,
// wrong, neutral) or, without, the next colour of the series.
(() => {
  "use strict";

  const { meta } = window.openrcm;
  const token = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const dollars = (cents) =>
    (cents / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
  const short = (cents) =>
    (cents / 100).toLocaleString("en-US", {
      style: "currency", currency: "USD", notation: "compact", maximumFractionDigits: 1,
    });

  function options(wanted) {
    const text = { color: token("ink-2"), font: { family: token("sans"), size: 12 } };
    const scale = (more) => ({
      stacked: wanted.stacked === true,
      border: { color: token("line-strong") },
      ...more,
      ticks: { ...text, ...more.ticks },
    });
    // a few names are all shown, at a slant; of many days only some
    const names = wanted.data.labels.length <= 12;
    const labels = names
      ? { autoSkip: false, maxRotation: 45 }
      : { maxRotation: 0, autoSkipPadding: 12 };
    return {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: "index", intersect: false },
      scales: {
        x: scale({ grid: { display: false }, ticks: labels }),
        y: scale({
          beginAtZero: true,
          border: { display: false },
          grid: { color: token("line") },
          ticks: { precision: 0, maxTicksLimit: 5, ...(wanted.money ? { callback: short } : {}) },
        }),
      },
      plugins: {
        legend: {
          display: wanted.data.datasets.length > 1,
          position: "bottom",
          align: "start",
          labels: { ...text, boxWidth: 10, boxHeight: 10 },
        },
        tooltip: wanted.money
          ? { callbacks: { label: (item) => `${item.dataset.label}: ${dollars(item.raw)}` } }
          : {},
      },
    };
  }

  function draw(canvas) {
    const wanted = JSON.parse(canvas.dataset.chart);
    wanted.data.datasets.forEach((set, at) => {
      const colour = token(set.meaning ? `chart-${set.meaning}` : `series-${(at % 6) + 1}`);
      set.backgroundColor = colour;
      set.borderColor = wanted.type === "line" ? colour : token("paper");
      set.borderWidth = wanted.type === "line" ? 2 : { top: 1 };
      set.borderRadius = 2;
      set.maxBarThickness = 28;
    });
    window.Chart.getChart(canvas)?.destroy();
    if (!canvas.parentElement.classList.contains("canvas")) {
      const frame = document.createElement("div"); // Chart.js fills the parent
      frame.className = "canvas";
      canvas.before(frame);
      frame.append(canvas);
    }
    new window.Chart(canvas, { type: wanted.type, data: wanted.data, options: options(wanted) });
  }

  const charts = document.querySelectorAll("canvas[data-chart]");
  if (charts.length > 0) {
    const script = document.createElement("script");
    script.src = meta("chart-script");
    script.addEventListener("load", () => {
      charts.forEach(draw);
      window.matchMedia("(prefers-color-scheme: dark)")
        .addEventListener("change", () => charts.forEach(draw));
    });
    document.head.append(script);
  }
})();
