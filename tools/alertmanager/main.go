// Command alertmanager runs Alertmanager's own routing, inhibition, grouping, mute times and receivers behind its own API: what the command of the same name runs,
// without the cluster and without the web interface, whose built files the Go module does not carry.
//
// It is put together as upstream's app/app.go and app/reloader.go do.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/alecthomas/kingpin/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/common/model"
	"github.com/prometheus/common/promslog"
	"github.com/prometheus/common/route"
	"github.com/prometheus/common/version"

	"github.com/prometheus/alertmanager/alert"
	"github.com/prometheus/alertmanager/api"
	"github.com/prometheus/alertmanager/config"
	"github.com/prometheus/alertmanager/config/receiver"
	"github.com/prometheus/alertmanager/dispatch"
	"github.com/prometheus/alertmanager/eventrecorder"
	"github.com/prometheus/alertmanager/featurecontrol"
	"github.com/prometheus/alertmanager/inhibit"
	"github.com/prometheus/alertmanager/marker"
	"github.com/prometheus/alertmanager/matcher/compat"
	"github.com/prometheus/alertmanager/nflog"
	"github.com/prometheus/alertmanager/notify"
	"github.com/prometheus/alertmanager/provider/mem"
	"github.com/prometheus/alertmanager/silence"
	"github.com/prometheus/alertmanager/template"
	"github.com/prometheus/alertmanager/timeinterval"
)

const (
	retention  = 120 * time.Hour
	gcInterval = 30 * time.Minute
	upkeep     = 30 * time.Second
)

func main() {
	app := kingpin.New("alertmanager", "Alertmanager on one address, without cluster and web interface.")
	app.Version(version.Print("alertmanager"))
	configFile := app.Flag("config.file", "Alertmanager's configuration.").Required().String()
	storage := app.Flag("storage.path", "Where silences and the notification log are kept.").Required().String()
	address := app.Flag("web.listen-address", "Where the API listens.").Default("127.0.0.1:9093").String()
	kingpin.MustParse(app.Parse(os.Args[1:]))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *configFile, *storage, *address); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, configFile, storage, address string) error {
	logger := promslog.New(&promslog.Config{})
	registry := prometheus.NewRegistry()
	flags, err := featurecontrol.NewFlags(logger, "")
	if err != nil {
		return err
	}
	compat.InitFromFlags(logger, flags)
	conf, err := config.LoadFile(configFile)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(storage, 0o777); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	defer listener.Close()
	externalURL := &url.URL{Scheme: "http", Host: listener.Addr().String()}

	var recorder eventrecorder.Recorder
	notificationLog, err := nflog.New(nflog.Options{
		SnapshotFile: filepath.Join(storage, "nflog"), Retention: retention, Logger: logger, Metrics: registry,
	})
	if err != nil {
		return err
	}
	silences, err := silence.New(silence.Options{
		SnapshotFile: filepath.Join(storage, "silences"), Retention: retention, Logger: logger, Metrics: registry, EventRecorder: recorder,
	})
	if err != nil {
		return err
	}
	silencer := silence.NewSilencer(silences, logger, recorder)
	alerts, err := mem.NewAlerts(ctx, gcInterval, 0, silencer, logger, recorder, registry, flags)
	if err != nil {
		return err
	}
	defer alerts.Close()

	templates, err := template.FromGlobs(conf.Templates)
	if err != nil {
		return err
	}
	templates.ExternalURL = externalURL
	routes := dispatch.NewRoute(conf.Route, nil)
	receivers := make(map[string][]notify.Integration, len(conf.Receivers))
	for _, each := range conf.Receivers {
		if receivers[each.Name], err = receiver.BuildReceiverIntegrations(each, templates, logger); err != nil {
			return err
		}
	}
	intervals := make(map[string][]timeinterval.TimeInterval)
	for _, each := range conf.MuteTimeIntervals {
		intervals[each.Name] = each.TimeIntervals
	}
	for _, each := range conf.TimeIntervals {
		intervals[each.Name] = each.TimeIntervals
	}

	groupMarker := marker.NewGroupMarker()
	inhibitor := inhibit.NewInhibitor(alerts, conf.InhibitRules, logger, recorder)
	pipeline := notify.NewPipelineBuilder(registry, flags, recorder).New(
		receivers, func() time.Duration { return 0 }, inhibitor, silencer, timeinterval.NewIntervener(intervals), groupMarker, notificationLog, nil,
	)
	timeout := func(interval time.Duration) time.Duration { return max(interval, notify.MinTimeout) }
	dispatcher := dispatch.NewDispatcher(
		alerts, routes, pipeline, groupMarker, timeout, upkeep, nil, logger, recorder,
		dispatch.NewDispatcherMetrics(false, registry, flags), templates,
	)
	handler, err := api.New(api.Options{
		Alerts: alerts, Silences: silences, GroupMutedFunc: groupMarker.Muted, Logger: logger, Registry: registry,
		RequestDuration: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "alertmanager_http_request_duration_seconds"}, []string{"handler", "method", "code"}),
		GroupFunc: func(ctx context.Context, ofRoute func(*dispatch.Route) bool, ofAlert func(*alert.Alert, time.Time) bool) (dispatch.AlertGroups, map[model.Fingerprint][]string, error) {
			return dispatcher.Groups(ctx, ofRoute, ofAlert)
		},
	})
	if err != nil {
		return err
	}
	handler.Update(conf, func(ctx context.Context, labels model.LabelSet) {
		inhibitor.Mutes(ctx, labels)
		silencer.Mutes(ctx, labels)
	})

	// First the inhibitor, so that nothing is told which another alert holds back.
	go inhibitor.Run()
	defer inhibitor.Stop()
	inhibitor.WaitForLoading()
	go dispatcher.Run(time.Now())
	defer dispatcher.Stop()
	dispatcher.WaitForLoading()

	router := route.New()
	router.Get("/-/ready", func(response http.ResponseWriter, _ *http.Request) { fmt.Fprint(response, "OK") })
	router.Get("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP)
	server := &http.Server{Handler: handler.Register(router, "/")}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	fmt.Println("ready on", listener.Addr())
	select {
	case err := <-failed:
		if !errors.Is(err, http.ErrServerClosed) {
			return err
		}
	case <-ctx.Done():
		return server.Close()
	}
	return nil
}
